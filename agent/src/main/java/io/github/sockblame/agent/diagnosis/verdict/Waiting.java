// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import io.github.sockblame.agent.capture.WatchedTime;

/**
 * Decides at the moment of a reading for how long a state has lasted. The time in which the process did not run does not
 * count, because the program could not react in it.
 *
 * @param nowMillis the moment of the reading, in milliseconds since the epoch
 * @param gracePeriods time limits after which a state counts as a problem
 * @param watchedTime the pauses of the process
 */
public record Waiting(long nowMillis, GracePeriods gracePeriods, WatchedTime watchedTime) {

    /** With the default, an answer may take ten minutes. */
    private static final long PATIENCES_OF_AN_ANSWER = 10;

    /** For how long the process has run since this moment, in milliseconds. */
    long since(long millis) {
        return watchedTime.between(millis, nowMillis);
    }

    boolean isGraceOver(long sinceMillis) {
        return since(sinceMillis) >= gracePeriods.graceMillis();
    }

    boolean isPatienceOver(long sinceMillis) {
        return since(sinceMillis) >= gracePeriods.patienceMillis();
    }

    /** Returns whether a state has lasted for longer than an answer of a server usually takes. */
    boolean isLong(long sinceMillis) {
        return since(sinceMillis) >= PATIENCES_OF_AN_ANSWER * gracePeriods.patienceMillis();
    }

    boolean isIdle(long sinceMillis) {
        return since(sinceMillis) >= gracePeriods.idleMillis();
    }
}
