// SPDX-License-Identifier: Apache-2.0
/** The process's own descriptors and the inodes behind them. */
@NullMarked
package io.github.sockblame.agent.kernel.fd;

import org.jspecify.annotations.NullMarked;
