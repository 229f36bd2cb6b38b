// SPDX-License-Identifier: Apache-2.0
/**
 * The table of open sockets, which mirrors the process's table of file descriptors, and their stacks. Independent of
 * the kernel's tables.
 */
@NullMarked
package io.github.sockblame.agent.ledger;

import org.jspecify.annotations.NullMarked;
