// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

/**
 * What the rounds of the watch thread cost. The time that passed during a round is too much on a busy machine, where the thread has to wait for
 * a processor; its processor time is told exactly only when it has slept, and then counts what it did beside the round. The cost is no more than
 * the smaller of the two. One that is dear by itself, since it loads classes or meets much that is new, is not taken for the rule: the next
 * would be put off by many seconds, and just then something happens.
 */
final class Pace {

    private long cpuAtBegin = -1;
    private long passed;
    private long costBefore;

    /**
     * A round begins.
     *
     * @param cpuNanos the thread's processor time; negative if unknown
     * @return what a round costs, in nanoseconds: the less of the last two
     */
    long begin(long cpuNanos) {
        boolean known = cpuNanos >= 0 && cpuAtBegin >= 0;
        long cost = known ? Math.min(passed, cpuNanos - cpuAtBegin) : passed;
        cpuAtBegin = cpuNanos;
        long usual = Math.min(cost, costBefore);
        costBefore = cost;
        return usual;
    }

    /** The round has ended, after so many nanoseconds. */
    void end(long nanos) {
        passed = nanos;
    }
}
