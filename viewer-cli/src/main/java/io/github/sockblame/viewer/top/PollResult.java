// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import org.jspecify.annotations.Nullable;

/**
 * The result of one request: a report or a failure.
 *
 * @param report the report; null after a failure
 * @param failure the reason of the failure; null if there is a report
 * @param nanos the time of the result, by {@link System#nanoTime}
 */
record PollResult(@Nullable FetchedReport report, @Nullable String failure, long nanos) {

    static PollResult of(FetchedReport fetchedReport, long nanos) {
        return new PollResult(fetchedReport, null, nanos);
    }

    static PollResult failed(Exception why, long nanos) {
        String line = why instanceof CannotAnswerException ? String.valueOf(why.getMessage()) : why.toString();
        return new PollResult(null, line, nanos);
    }
}
