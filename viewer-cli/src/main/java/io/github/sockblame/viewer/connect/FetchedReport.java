// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.json.ReportFormatException;
import io.github.sockblame.report.json.ReportJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A report and its JSON, in which the fields of a newer agent survive. Confined to one thread at a time. */
public final class FetchedReport {

    private final Report report;
    private final String json;
    private @Nullable JsonNode tree;

    public FetchedReport(Report report, String json) {
        this.report = requireNonNull(report, "report");
        this.json = requireNonNull(json, "json");
    }

    static FetchedReport of(String json) throws ReportFormatException {
        return new FetchedReport(ReportJson.read(json), ReportJson.inPresentWords(json));
    }

    public Report report() {
        return report;
    }

    /** The JSON in the words of the present schema, with all fields that the agent or the file has. */
    public String json() {
        return json;
    }

    /** The same as a tree, for verbs that copy parts of it. It is parsed at the first call. */
    public JsonNode tree() {
        if (tree == null) {
            tree = new JsonMapper().readTree(json);
        }
        return tree;
    }

    /** The report, for a verb that needs its list of sockets. */
    public Report reportWithSockets() throws CannotAnswerException {
        if (!report.hasSockets()) {
            throw new CannotAnswerException(
                    "the report is a summary without the list of sockets",
                    "save a whole report with sockblame report TARGET -o FILE");
        }
        return report;
    }

    /** Loads and warms up the code that reads a report, in a thread of its own, while the viewer waits for the agent. */
    static void prepare() {
        Thread thread = new Thread(ReportJson::prepareToRead, "sockblame-prepare");
        thread.setDaemon(true);
        thread.start();
    }
}
