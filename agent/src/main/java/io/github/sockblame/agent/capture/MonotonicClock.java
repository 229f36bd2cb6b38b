// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

/**
 * The agent's time: the machine's clock at the agent's start, plus the elapsed time since then. A change of the
 * machine's clock has no effect on it, so an age is never negative, and nothing becomes old at once.
 */
public final class MonotonicClock {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final long BEGAN_NANOS = System.nanoTime();
    private static final long BEGAN_MILLIS = System.currentTimeMillis();

    private MonotonicClock() {}

    /** Now, in milliseconds since the epoch. */
    public static long millis() {
        return millisAt(System.nanoTime());
    }

    /** The same for another moment, given as {@link System#nanoTime} has it. */
    public static long millisAt(long nanos) {
        return BEGAN_MILLIS + (nanos - BEGAN_NANOS) / NANOS_PER_MILLI;
    }

    /**
     * The milliseconds by which the machine's clock was set forward since the agent began; negative if it was set back.
     */
    public static long wallClockDrift() {
        return System.currentTimeMillis() - millis();
    }
}
