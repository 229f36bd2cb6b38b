// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alarm;

import io.github.sockblame.report.TcpState;
import java.util.Map;

/**
 * What is seen without taking a report, in each round of the watch thread: enough to know whether one is worth its cost.
 *
 * @param byState connections by state
 * @param suspects connections that are over on the peer's side, past the grace
 * @param longestMillis for how long the oldest of them is; 0 if there is none
 * @param openDescriptors open file descriptors; -1 if unknown
 * @param descriptorLimit their soft limit; -1 if unknown
 */
public record QuickStats(
        Map<TcpState, Integer> byState, int suspects, long longestMillis, long openDescriptors, long descriptorLimit) {

    /** Some are given back and taken again while one looks. */
    private static final long NEARLY = 4;

    /** Whether there is hardly any descriptor left. */
    public boolean isFull() {
        return descriptorLimit > 0 && openDescriptors >= descriptorLimit - NEARLY;
    }
}
