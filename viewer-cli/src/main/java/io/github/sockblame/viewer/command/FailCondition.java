// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Threshold;
import io.github.sockblame.report.Threshold.Figure;
import io.github.sockblame.report.text.ReductionText;
import io.github.sockblame.viewer.connect.CannotAnswerException;

/** A condition of {@code --fail-on}. */
record FailCondition(Threshold threshold) {

    /**
     * Reads a condition.
     *
     * @throws CannotAnswerException if the text is none; the message has examples
     */
    static FailCondition parse(String text) throws CannotAnswerException {
        Threshold threshold = Threshold.parse(text);
        if (threshold == null) {
            throw new CannotAnswerException("'" + text + "' is no condition", "write one like " + Threshold.EXAMPLES);
        }
        return new FailCondition(threshold);
    }

    /**
     * Returns whether it holds in this report.
     *
     * @throws CannotAnswerException if the report does not have the figure
     */
    boolean holds(Report report) throws CannotAnswerException {
        if (threshold.figure() == Figure.FDS) {
            checkKnown(report.fileDescriptors());
        } else if (threshold.figure() != Figure.STATE && !report.hasVerdicts()) {
            throw new CannotAnswerException(
                    threshold.text() + " cannot be judged: the JVM had no memory to look for leaks",
                    "ask again later, or ask for fds or a TCP state");
        } else if (threshold.figure() != Figure.STATE && !report.hasLeaks() && !report.hasStates()) {
            throw new CannotAnswerException(
                    threshold.text() + " cannot be judged: " + ReductionText.withoutState(report),
                    "sockblame status shows which sources could not be read");
        }
        if (threshold.holds(report)) {
            return true;
        }
        for (Site site : report.sites()) {
            if (threshold.holds(site, report)) {
                return true;
            }
        }
        return false;
    }

    private void checkKnown(FileDescriptors fds) throws CannotAnswerException {
        if (fds.open() < 0 || (threshold.percent() && fds.limit() <= 0)) {
            throw new CannotAnswerException(
                    threshold.text() + " cannot be judged, the report does not have the "
                            + (fds.open() < 0 ? "open file descriptors" : "limit of file descriptors"),
                    "leave it out");
        }
    }
}
