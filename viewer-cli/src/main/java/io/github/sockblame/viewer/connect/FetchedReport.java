// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.ReportFormatException;
import io.github.sockblame.report.ReportJson;

/**
 * A report as it came.
 *
 * @param report the report
 * @param json the JSON that it was read from, in the words of the present schema. Fields that this version does not have survive
 */
public record FetchedReport(Report report, String json) {

    public FetchedReport {
        requireNonNull(report, "report");
        requireNonNull(json, "json");
    }

    /** The report, of which its list of sockets is needed. */
    public Report reportWithSockets() throws CannotAnswerException {
        if (!report.hasSockets()) {
            throw new CannotAnswerException(
                    "the report is a summary, without its list of sockets",
                    "sockblame report TARGET -o FILE saves a whole one");
        }
        return report;
    }

    /** A report will come: what takes time before the first one can be read is done meanwhile, in a thread of its own. */
    static void prepare() {
        Thread thread = new Thread(ReportJson::prepareToRead, "sockblame-prepare");
        thread.setDaemon(true);
        thread.start();
    }

    static FetchedReport of(String json) throws ReportFormatException {
        return new FetchedReport(ReportJson.read(json), ReportJson.inPresentWords(json));
    }
}
