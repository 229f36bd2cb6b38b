// SPDX-License-Identifier: Apache-2.0
/**
 * The agent's one thread and its periodic work, in layers that import only downwards: the thread ({@code Watch},
 * {@code WatchSchedule}, {@code WatchRound}), reports ({@code ReportCache}, {@code ReportBuilder}) and trace
 * ({@code TraceWriter}), and the periodic state of the sockets ({@code SocketSampler}).
 */
@NullMarked
package io.github.sockblame.agent.watch;

import org.jspecify.annotations.NullMarked;
