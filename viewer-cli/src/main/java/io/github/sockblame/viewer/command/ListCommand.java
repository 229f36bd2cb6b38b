// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.text.TextFormat;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.connect.TargetResolver;
import io.github.sockblame.viewer.filter.FilterException;
import io.github.sockblame.viewer.filter.SocketFilter;
import io.github.sockblame.viewer.output.JsonLine;
import io.github.sockblame.viewer.output.OutputStyle;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code sockblame list}. */
@Command(
        name = "list",
        description = "Lists the sockets, one per row, with the columns of ss and the culprit frame.",
        footer = {
            "",
            "FILTER has the conditions of ss: state close-wait, dport = :443, dst 10.0.0.0/8, src, sport, exclude;",
            "and these: fd = 17, verdict forgotten, tracked, untracked. Combine them with and, or, not and (quoted) parentheses.",
            "The listener of a port: sockblame list 4242 state listening sport = :8080",
            "Example: sockblame list 4242 state close-wait and dst 10.0.0.0/8"
        })
final class ListCommand implements Callable<Integer> {

    private final TargetResolver targetResolver;
    private final OutputStyle outputStyle;
    private final PrintStream out;

    @Mixin
    private TargetArgument target = new TargetArgument();

    @Parameters(
            index = "1..*",
            paramLabel = "FILTER",
            description = "Conditions for the sockets to list; all sockets by default.")
    private List<String> filter = List.of();

    @Option(names = "--json", description = "Print the sockets of the report as a JSON array.")
    private boolean json;

    @Mixin
    private WideOption wide = new WideOption();

    ListCommand(TargetResolver targetResolver, OutputStyle outputStyle, PrintStream out) {
        this.targetResolver = targetResolver;
        this.outputStyle = outputStyle;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        SocketFilter condition = parseFilter();
        FetchedReport fetchedReport = target.in(targetResolver).read();
        Report report = fetchedReport.reportWithSockets();
        if (json) {
            JsonNode rows = fetchedReport.tree().get("sockets");
            JsonLine.print(
                    out, new JsonMapper().writeValueAsString(RawRows.of(rows, report.sockets(), condition::matches)));
            return ExitStatus.ANSWERED;
        }
        List<Socket> sockets =
                report.sockets().stream().filter(condition::matches).toList();
        if (sockets.isEmpty()) {
            out.println(
                    "no sockets match (" + TextFormat.number(report.sockets().size()) + " in total)");
        } else {
            out.print(ListTable.text(report, sockets, outputStyle.textStyle(wide.isWanted())));
        }
        return ExitStatus.ANSWERED;
    }

    private SocketFilter parseFilter() throws CannotAnswerException {
        try {
            return SocketFilter.of(filter);
        } catch (FilterException e) {
            throw new CannotAnswerException("cannot read the filter " + e.place(), String.valueOf(e.getMessage()), e);
        }
    }
}
