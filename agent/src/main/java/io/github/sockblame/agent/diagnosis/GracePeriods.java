// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import java.time.Duration;

/**
 * How long things may last before they are judged.
 *
 * @param grace of a state in which something is to be done next
 * @param idle of an established connection about which nothing changes
 */
public record GracePeriods(Duration grace, Duration idle) {

    /** How many graces after the last read or write a connection still counts as used. */
    private static final int USES = 12;

    /** The grace in milliseconds. */
    public long graceMillis() {
        return grace.toMillis();
    }

    long idleMillis() {
        return idle.toMillis();
    }

    /** For how long after the last read or write a connection counts as used. */
    long recentUseMillis() {
        return USES * grace.toMillis();
    }
}
