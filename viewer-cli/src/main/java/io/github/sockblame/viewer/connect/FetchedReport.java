// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.json.ParsedReport;
import io.github.sockblame.report.json.ReportFormatException;
import io.github.sockblame.report.json.ReportJson;
import tools.jackson.databind.JsonNode;

/** A report and its JSON, in which the fields of a newer agent survive. */
public final class FetchedReport {

    private final ParsedReport parsed;

    private FetchedReport(ParsedReport parsed) {
        this.parsed = parsed;
    }

    static FetchedReport of(String json) throws ReportFormatException {
        return new FetchedReport(ReportJson.parse(json));
    }

    public Report report() {
        return parsed.report();
    }

    /** The JSON in the words of the present schema, with all fields that the agent or the file has. */
    public String json() {
        return parsed.json();
    }

    /** The same as a tree, for verbs that copy parts of it. They must not change it. */
    public JsonNode tree() {
        return parsed.tree();
    }

    /** The report, for a verb that needs its list of sockets. */
    public Report reportWithSockets() throws CannotAnswerException {
        if (!report().hasSockets()) {
            throw new CannotAnswerException(
                    "the report is a summary without the list of sockets",
                    "save a whole report with sockblame report TARGET -o FILE");
        }
        return report();
    }

    /** Loads and warms up the code that reads a report, in a thread of its own, while the viewer waits for the agent. */
    static void prepare() {
        Thread thread = new Thread(FetchedReport::tryPrepare, "sockblame-prepare");
        thread.setDaemon(true);
        thread.start();
    }

    private static void tryPrepare() {
        try {
            ReportJson.prepareToRead();
        } catch (LinkageError e) {
            // this Java lacks a module, and the reading itself fails with the same error
        }
    }
}
