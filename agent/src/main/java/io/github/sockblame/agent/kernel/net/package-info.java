// SPDX-License-Identifier: Apache-2.0
/** Rows of {@code /proc/net}: sockets, their states, addresses and queues. */
@NullMarked
package io.github.sockblame.agent.kernel.net;

import org.jspecify.annotations.NullMarked;
