// SPDX-License-Identifier: Apache-2.0
/**
 * The agent's one thread: the thread itself ({@code AgentThread}), its schedule ({@code WatchSchedule}), and one round of
 * its work ({@code WatchRound}).
 */
@NullMarked
package io.github.sockblame.agent.watch;

import org.jspecify.annotations.NullMarked;
