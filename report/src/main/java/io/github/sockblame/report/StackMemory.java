// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

/**
 * The memory that the agent uses for the stacks of sockets, which the option {@code stacks.max} limits.
 *
 * @param limitBytes the limit: above it a new stack is cut, above twice the limit it is discarded
 * @param usedBytes an estimate of the memory in use
 * @param cutStacks how many different stacks were cut in the middle since the agent began
 * @param discardedStacks how many stacks were discarded, or not captured, for want of memory since the agent began
 */
public record StackMemory(long limitBytes, long usedBytes, long cutStacks, long discardedStacks) {

    /** Returns whether any stack is incomplete or missing because of the limit. */
    public boolean hasLoss() {
        return cutStacks > 0 || discardedStacks > 0;
    }
}
