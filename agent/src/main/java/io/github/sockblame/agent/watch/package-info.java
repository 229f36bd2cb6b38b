// SPDX-License-Identifier: Apache-2.0
/** The agent's one thread: it samples states, resolves stacks, and takes readings for reports. */
@NullMarked
package io.github.sockblame.agent.watch;

import org.jspecify.annotations.NullMarked;
