// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

/**
 * When the rounds of the watch thread began and are due, in nanoseconds as {@link WatchClock#nanoTime} has them. One
 * object has one moment, so a reader on another thread gets figures that belong together.
 *
 * @param hasBegun whether a round has begun; if not, {@code last} has no meaning
 * @param last when the latest round began
 * @param next when the next one is due
 * @param longestDelay the longest time from when a round was due to when it began
 * @param longestInterval the longest time from the beginning of a round to that of the next
 */
public record RoundTimes(boolean hasBegun, long last, long next, long longestDelay, long longestInterval) {

    /** Before the first round, which is due at this time. */
    static RoundTimes before(long firstDue) {
        return new RoundTimes(false, firstDue, firstDue, 0, 0);
    }

    /**
     * The same after another round has begun.
     *
     * @param began when it began
     * @param due when it was due
     * @param nextDue when the one after it is due
     */
    RoundTimes withRound(long began, long due, long nextDue) {
        return new RoundTimes(
                true,
                began,
                nextDue,
                Math.max(longestDelay, began - due),
                hasBegun ? Math.max(longestInterval, began - last) : 0);
    }

    /** The same with another time for the next round, which an error or other work has delayed. */
    RoundTimes withNext(long nextDue) {
        return new RoundTimes(hasBegun, last, nextDue, longestDelay, longestInterval);
    }
}
