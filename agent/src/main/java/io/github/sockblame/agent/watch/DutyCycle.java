// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import java.util.concurrent.TimeUnit;

/**
 * The cost of the watch thread's rounds, which decides when the next round is due. Two figures are upper bounds of the
 * cost, and the smaller one counts. The elapsed time is too high on a busy machine, where the thread waits for a
 * processor. The processor time is exact only after the thread has slept, and then includes the work between the
 * rounds.
 *
 * <p>The usual cost is the cheaper of the last two rounds. A single expensive round, which loads classes or finds much
 * that is new, would otherwise delay the next by many seconds, at a moment when things happen.
 */
final class DutyCycle {

    /** With a duty cycle of one part in two hundred, this delays a round by half a minute. */
    static final long MAX_EXTRA_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    private long cpuAtBegin = -1;
    private long passed;
    private long costBefore;
    private long extraWork;
    private long betweenRounds;

    /**
     * Begins a round.
     *
     * @param cpuNanos the thread's processor time; negative if unknown
     * @return the cost of a round in nanoseconds: the smaller of the last two, plus the work beside and after the last
     *     one
     */
    long startRound(long cpuNanos) {
        boolean known = cpuNanos >= 0 && cpuAtBegin >= 0;
        long most = known ? cpuNanos - cpuAtBegin : Long.MAX_VALUE;
        cpuAtBegin = cpuNanos;
        long cost = Math.min(passed, most);
        long usual = Math.min(cost, costBefore) + Math.min(MAX_EXTRA_NANOS, extraWork + Math.min(betweenRounds, most));
        costBefore = cost;
        extraWork = 0;
        betweenRounds = 0;
        return usual;
    }

    /**
     * Adds the work of recording events between two rounds, in nanoseconds. It is too short for a processor time of its
     * own.
     */
    void addWorkBetweenRounds(long nanos) {
        betweenRounds += nanos;
    }

    /**
     * Adds work beside the round since its end, and so delays the next round. It is mostly a report for an alert, which
     * reads all that a round reads.
     *
     * @param passedNanos how long it took
     * @param cpuNanos the thread's processor time for it; negative if unknown
     */
    void addExtraWork(long passedNanos, long cpuNanos) {
        extraWork = Math.min(MAX_EXTRA_NANOS, cpuNanos < 0 ? passedNanos : Math.min(passedNanos, cpuNanos));
    }

    /** Ends the round, which took so many nanoseconds. */
    void endRound(long nanos) {
        passed = nanos;
    }
}
