// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.report.TcpState;
import java.util.Map;

/**
 * The figures of one round of the watch thread, without a report: enough to decide whether a report is worth its cost.
 *
 * @param byState connections by state
 * @param suspects connections that the peer has closed, past the grace period
 * @param longestMillis the time since then for the oldest of them; 0 if there is none
 * @param openDescriptors open file descriptors; -1 if unknown
 * @param descriptorLimit their soft limit; -1 if unknown
 */
public record QuickStats(
        Map<TcpState, Integer> byState, int suspects, long longestMillis, long openDescriptors, long descriptorLimit) {

    /** Some descriptors are given back and taken again during a round. */
    private static final long NEARLY = 4;

    /** Returns whether there is hardly any descriptor left. */
    public boolean isFull() {
        return descriptorLimit > 0 && openDescriptors >= descriptorLimit - NEARLY;
    }
}
