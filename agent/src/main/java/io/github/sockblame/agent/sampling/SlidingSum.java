// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

/** The sum of the last minute, exact to ten seconds. */
final class SlidingSum {

    static final long MILLIS = 60_000;

    private static final int PARTS = 6;
    private static final long PART_MILLIS = MILLIS / PARTS;

    private final double[] sums = new double[PARTS];
    private final long[] parts = new long[PARTS];

    void add(double amount, long atMillis) {
        long part = atMillis / PART_MILLIS;
        int slot = (int) Math.floorMod(part, (long) PARTS);
        if (parts[slot] < part) {
            parts[slot] = part;
            sums[slot] = 0;
        }
        if (parts[slot] == part) { // otherwise it is too old
            sums[slot] += amount;
        }
    }

    double sum(long nowMillis) {
        long now = nowMillis / PART_MILLIS;
        double sum = 0;
        for (int i = 0; i < PARTS; i++) {
            if (parts[i] > now - PARTS && parts[i] <= now) {
                sum += sums[i];
            }
        }
        return sum;
    }
}
