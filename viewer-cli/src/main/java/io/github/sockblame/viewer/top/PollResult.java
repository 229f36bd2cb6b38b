// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import org.jspecify.annotations.Nullable;

/**
 * What came of one question: a reading or a failure.
 *
 * @param reading null if there was no answer
 * @param failure why there was none; null if there was one
 * @param nanos when it came, by {@link System#nanoTime}
 */
record PollResult(@Nullable FetchedReport reading, @Nullable String failure, long nanos) {

    static PollResult of(FetchedReport fetchedReport, long nanos) {
        return new PollResult(fetchedReport, null, nanos);
    }

    static PollResult failed(Exception why, long nanos) {
        String line = why instanceof CannotAnswerException ? String.valueOf(why.getMessage()) : why.toString();
        return new PollResult(null, line, nanos);
    }
}
