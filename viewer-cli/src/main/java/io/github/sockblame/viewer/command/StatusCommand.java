// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.text.HealthText;
import io.github.sockblame.report.text.StatusText;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.connect.TargetResolver;
import io.github.sockblame.viewer.output.JsonLine;
import io.github.sockblame.viewer.output.OutputStyle;
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
        description = "Shows the health of the agent: uptime, coverage, missed events, problems.",
        footer = {
            "",
            "For the program itself use sockblame leaks. The exit status is 0 even if there are problems;",
            "scripts can check allWell in the JSON.",
            "Example: sockblame status 4242"
        })
final class StatusCommand implements Callable<Integer> {

    /** The parts of the report about the agent and the totals. */
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

    @Option(names = "--json", description = "Print JSON: the agent's part of the report, allWell, and the problems.")
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
            out.print(StatusText.of(fetchedReport.report(), outputStyle.textStyle()));
        }
        return ExitStatus.ANSWERED;
    }

    /** The parts are copied unchanged, so that fields of a newer agent survive. */
    private static String json(FetchedReport fetchedReport) {
        Report report = fetchedReport.report();
        JsonMapper mapper = new JsonMapper();
        JsonNode whole = fetchedReport.tree();
        ObjectNode status = mapper.createObjectNode();
        List<String> problems = HealthText.problems(report);
        status.put("allWell", problems.isEmpty());
        ArrayNode array = status.putArray("problems");
        for (String problem : problems) {
            array.add(problem);
        }
        for (String part : PARTS) {
            status.set(part, whole.get(part));
        }
        return mapper.writeValueAsString(status);
    }
}
