// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.text.TextFormat;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.connect.TargetResolver;
import io.github.sockblame.viewer.filter.FilterException;
import io.github.sockblame.viewer.filter.SocketFilter;
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
        description = "Lists the sockets, one a row, in the columns of ss and with who is to blame.",
        footer = {
            "",
            "FILTER is that of ss: state close-wait, dport = :443, dst 10.0.0.0/8, src, sport, exclude; beside them",
            "fd = 17, verdict forgotten, tracked, untracked; with and, or, not and parentheses (quote those for the shell).",
            "Who listens on a port: sockblame list 4242 state listening sport = :8080",
            "Example: sockblame list 4242 state close-wait and dst 10.0.0.0/8"
        })
final class ListCommand implements Callable<Integer> {

    private final TargetResolver targetResolver;
    private final OutputStyle outputStyle;
    private final PrintStream out;

    @Mixin
    private TargetArgument target = new TargetArgument();

    @Parameters(index = "1..*", paramLabel = "FILTER", description = "Which sockets; without, all.")
    private List<String> filter = List.of();

    @Option(names = "--json", description = "Print a JSON array of the report's sockets.")
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
        SocketFilter wanted = wanted();
        FetchedReport fetchedReport = target.in(targetResolver).read();
        Report report = fetchedReport.reportWithSockets();
        if (json) {
            JsonMapper mapper = new JsonMapper();
            JsonNode rows = mapper.readTree(fetchedReport.json()).get("sockets");
            JsonLine.print(out, mapper.writeValueAsString(RawRows.of(rows, report.sockets(), wanted::matches)));
            return SockblameCommand.ANSWERED;
        }
        List<Socket> sockets = report.sockets().stream().filter(wanted::matches).toList();
        if (sockets.isEmpty()) {
            out.println(
                    "nobody: none of the " + TextFormat.count(report.sockets().size(), "socket") + " is like that");
        } else {
            out.print(ListTable.text(report, sockets, outputStyle.look(wide)));
        }
        return SockblameCommand.ANSWERED;
    }

    private SocketFilter wanted() throws CannotAnswerException {
        try {
            return SocketFilter.of(filter);
        } catch (FilterException e) {
            throw new CannotAnswerException("the filter is not understood", String.valueOf(e.getMessage()), e);
        }
    }
}
