// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import java.util.concurrent.TimeUnit;

/**
 * What the rounds of the watch thread cost. The time that passed during a round is too much on a busy machine, where the thread has to wait for
 * a processor; its processor time is told exactly only when it has slept, and then counts what it did beside the round. The cost is no more than
 * the smaller of the two. One that is dear by itself, since it loads classes or meets much that is new, is not taken for the rule: the next
 * would be put off by many seconds, and just then something happens.
 */
final class DutyCycle {

    /** At one part in two hundred of the time this puts a round off by half a minute. */
    static final long MOST_BESIDE = TimeUnit.MILLISECONDS.toNanos(150);

    private long cpuAtBegin = -1;
    private long passed;
    private long costBefore;
    private long extraWork;
    private long betweenRounds;

    /**
     * A round begins.
     *
     * @param cpuNanos the thread's processor time; negative if unknown
     * @return what a round costs, in nanoseconds: the less of the last two, and what was done beside and after the last one
     */
    long roundStarted(long cpuNanos) {
        boolean known = cpuNanos >= 0 && cpuAtBegin >= 0;
        long most = known ? cpuNanos - cpuAtBegin : Long.MAX_VALUE;
        cpuAtBegin = cpuNanos;
        long cost = Math.min(passed, most);
        long usual = Math.min(cost, costBefore) + Math.min(MOST_BESIDE, extraWork + Math.min(betweenRounds, most));
        costBefore = cost;
        extraWork = 0;
        betweenRounds = 0;
        return usual;
    }

    /** What had happened was noted between two rounds, which took so many nanoseconds: too short for its processor time to be told by itself. */
    void betweenRounds(long nanos) {
        betweenRounds += nanos;
    }

    /**
     * What was done beside the round since it ended: a report that an alert needs, mostly, which looks at all that a round looks at. The next round costs
     * so much more.
     *
     * @param passedNanos how long it took
     * @param cpuNanos the thread's processor time for it; negative if unknown
     */
    void extraWork(long passedNanos, long cpuNanos) {
        extraWork = Math.min(MOST_BESIDE, cpuNanos < 0 ? passedNanos : Math.min(passedNanos, cpuNanos));
    }

    /** The round has ended, after so many nanoseconds. */
    void roundEnded(long nanos) {
        passed = nanos;
    }
}
