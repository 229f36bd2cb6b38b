// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import io.github.sockblame.report.Report;
import java.time.Duration;

/**
 * Time limits after which a state counts as a problem.
 *
 * @param grace of a state that requires an action
 * @param idle of an established connection without changes
 */
public record GracePeriods(Duration grace, Duration idle) {

    /** The grace in milliseconds. */
    public long graceMillis() {
        return grace.toMillis();
    }

    long idleMillis() {
        return idle.toMillis();
    }

    /**
     * The time for which a state that may pass has to last before it is a leak, and for which a connection counts as
     * used after its last read or write.
     */
    public long patienceMillis() {
        return Report.GRACES_OF_PATIENCE * grace.toMillis();
    }
}
