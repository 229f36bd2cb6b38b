// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.text.HealthText;
import io.github.sockblame.report.text.StatusText;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.connect.TargetResolver;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code sockblame status}. */
@Command(
        name = "status",
        description =
                "Tells how the agent itself fares: since when it watches, what it sees and misses, and whether all is well.",
        footer = {
            "",
            "Of the program it says little: see sockblame leaks. Exit status 0 even if something is not well: see allWell in the JSON.",
            "Example: sockblame status 4242"
        })
final class StatusCommand implements Callable<Integer> {

    /** Parts of the report that are about the agent and the whole. */
    private static final List<String> PARTS = List.of(
            "agentVersion",
            "takenAt",
            "grace",
            "program",
            "fileDescriptors",
            "totals",
            "redacted",
            "excludedSockets",
            "agent");

    private final TargetResolver targetResolver;
    private final OutputStyle outputStyle;
    private final PrintStream out;

    @Mixin
    private TargetArgument target = new TargetArgument();

    @Option(names = "--json", description = "Print it as JSON: the report's words, allWell and problems.")
    private boolean json;

    StatusCommand(TargetResolver targetResolver, OutputStyle outputStyle, PrintStream out) {
        this.targetResolver = targetResolver;
        this.outputStyle = outputStyle;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        FetchedReport fetchedReport = target.in(targetResolver).readSummary();
        if (json) {
            JsonLine.print(out, json(fetchedReport));
        } else {
            out.print(StatusText.of(fetchedReport.report(), outputStyle.look()));
        }
        return SockblameCommand.ANSWERED;
    }

    /** As they came, so that fields unknown to this version survive. */
    private static String json(FetchedReport fetchedReport) {
        Report report = fetchedReport.report();
        JsonMapper mapper = new JsonMapper();
        JsonNode whole = mapper.readTree(fetchedReport.json());
        ObjectNode status = mapper.createObjectNode();
        List<String> problems = HealthText.problems(report);
        status.put("allWell", problems.isEmpty());
        ArrayNode told = status.putArray("problems");
        for (String problem : problems) {
            told.add(problem);
        }
        for (String part : PARTS) {
            status.set(part, whole.get(part));
        }
        return mapper.writeValueAsString(status);
    }
}
