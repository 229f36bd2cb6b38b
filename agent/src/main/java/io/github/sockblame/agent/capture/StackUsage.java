// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

/**
 * The memory for stacks.
 *
 * @param limitBytes the limit
 * @param usedBytes an estimate of what is used
 * @param cut how many different stacks were cut since the agent began
 * @param discarded how many different stacks were discarded since the agent began
 */
public record StackUsage(long limitBytes, long usedBytes, long cut, long discarded) {}
