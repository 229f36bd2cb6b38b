// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.service.WatchThreadShare;
import java.util.concurrent.TimeUnit;

/**
 * The cost of the watch thread's rounds, which decides when the next round is due. Two figures are upper bounds of the
 * cost, and the smaller one counts. The elapsed time is too high on a busy machine, where the thread waits for a
 * processor. The processor time is exact only after the thread has slept, and then includes the work between the
 * rounds.
 *
 * <p>The usual cost is the cheaper of the last two rounds, and each round pays for it by the time to the next one.
 * Everything else is a debt: a single expensive round, a report for an alert, the work between rounds. The rounds pay
 * it off in parts. Otherwise one expensive report, such as the first, which loads classes, would delay the next round
 * by up to half a minute, at a moment when things happen. A debt that grows faster than the parts makes the parts
 * larger, so the share of the time holds in the long run.
 */
final class DutyCycle {

    /** One piece of work adds at most this: half a minute at one part in two hundred. */
    static final long MAX_EXTRA_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    /** A round may cost this and be repeated after a period. */
    static final long COST_OF_PERIOD = WatchSchedule.PERIOD / WatchThreadShare.DUTY_DIVISOR;

    /** Two pieces of work together do not make the parts larger. */
    private static final long DEBT_STEP = 2 * MAX_EXTRA_NANOS;

    private static final long MAX_DEBT = 3 * DEBT_STEP;

    private long cpuAtBegin = -1;
    private long passed;
    private long costBefore;
    private long extraWork;
    private long betweenRounds;
    private long debt;

    /**
     * Begins a round.
     *
     * @param cpuNanos the thread's processor time; negative if unknown
     * @param warmingUp whether the round before loaded classes: then it is expensive once and no debt
     * @return what the time to the next round has to pay for, in nanoseconds: the smaller cost of the last two rounds,
     *     and a part of the debt. It is at most twice the usual, or twice what a period pays for, unless the debt grows
     */
    long startRound(long cpuNanos, boolean warmingUp) {
        boolean known = cpuNanos >= 0 && cpuAtBegin >= 0;
        long most = known ? cpuNanos - cpuAtBegin : Long.MAX_VALUE;
        cpuAtBegin = cpuNanos;
        long cost = Math.min(passed, most);
        long usual = Math.min(cost, costBefore);
        costBefore = cost;
        if (!warmingUp) {
            addDebt(cost - usual);
        }
        addDebt(extraWork + Math.min(betweenRounds, most));
        extraWork = 0;
        betweenRounds = 0;
        long limit = 2 * Math.max(COST_OF_PERIOD, usual) * (1 + debt / DEBT_STEP) - usual;
        long part = Math.min(Math.min(debt, MAX_EXTRA_NANOS), limit);
        debt -= part;
        return usual + part;
    }

    private void addDebt(long nanos) {
        debt = Math.min(MAX_DEBT, debt + Math.min(MAX_EXTRA_NANOS, nanos));
    }

    /**
     * Adds the work of recording events between two rounds, in nanoseconds. It is too short for a processor time of its
     * own.
     */
    void addWorkBetweenRounds(long nanos) {
        betweenRounds += nanos;
    }

    /**
     * Adds work beside the round since its end. It is mostly a report for an alert, which reads all that a round reads.
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
