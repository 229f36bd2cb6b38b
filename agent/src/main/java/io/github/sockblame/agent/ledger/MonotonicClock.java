// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

/**
 * The time as the agent reckons with it: the machine's when the agent began, and from then on what has passed, whoever sets the machine's
 * clock. So an age is never negative, and nothing becomes old at once.
 */
public final class MonotonicClock {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final long BEGAN_NANOS = System.nanoTime();
    private static final long BEGAN_MILLIS = System.currentTimeMillis();

    private MonotonicClock() {}

    /** In milliseconds since the epoch. */
    public static long millis() {
        return millisAt(System.nanoTime());
    }

    /** The same of another moment, given as {@link System#nanoTime} has it. */
    public static long millisAt(long nanos) {
        return BEGAN_MILLIS + (nanos - BEGAN_NANOS) / NANOS_PER_MILLI;
    }

    /** How far the machine's clock was set forward since the agent began, in milliseconds; negative if it was set back. */
    public static long wallClockDrift() {
        return System.currentTimeMillis() - millis();
    }
}
