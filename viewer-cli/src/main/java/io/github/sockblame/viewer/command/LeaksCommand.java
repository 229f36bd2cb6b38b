// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.connect.Target;
import io.github.sockblame.viewer.connect.TargetResolver;
import io.github.sockblame.viewer.output.JsonLine;
import io.github.sockblame.viewer.output.OutputStyle;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sockblame leaks}. */
@Command(
        name = "leaks",
        description = "Names the code that leaked connections: one paragraph per site, the worst first.",
        footer = {
            "",
            "Exit status: 0 no leaks, 1 leaks found, 2 could not answer; with --fail-on, 1 if a condition holds.",
            "CONDITION is leaks>=10, site-leaks>=10, age>=10m, fds>=18000, fds>=90%%,",
            "or a TCP state of ss as close-wait>=100; quote it for the shell.",
            "Example: sockblame leaks 4242",
            "Example: sockblame leaks 4242 --fail-on 'leaks>=10' --fail-on 'fds>=90%%'"
        })
final class LeaksCommand implements Callable<Integer> {

    private final TargetResolver targetResolver;
    private final OutputStyle outputStyle;
    private final PrintStream out;

    @Mixin
    private TargetArgument target = new TargetArgument();

    @Option(names = "--json", description = "Print the whole report as JSON.")
    private boolean json;

    @Option(
            names = "--fail-on",
            paramLabel = "CONDITION",
            description =
                    "Exit with status 1 if the condition holds, else 0. May be given several times; one match is enough.")
    private List<String> failOn = List.of();

    @Mixin
    private WideOption wide = new WideOption();

    LeaksCommand(TargetResolver targetResolver, OutputStyle outputStyle, PrintStream out) {
        this.targetResolver = targetResolver;
        this.outputStyle = outputStyle;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        List<FailCondition> conditions = new ArrayList<>();
        for (String text : failOn) {
            conditions.add(FailCondition.parse(text));
        }
        Target found = target.in(targetResolver);
        FetchedReport fetchedReport = json ? found.read() : found.readSummary();
        Report report = fetchedReport.report();
        String failure = failure(report, conditions);
        if (json) {
            JsonLine.print(out, fetchedReport.json());
        } else {
            out.print(LeaksText.of(report, outputStyle.textStyle(wide.isWanted())));
            Integer site = firstShown(report);
            if (site != null && !target.isStandardInput()) {
                out.println("explain a site: sockblame explain " + target + " " + site);
            }
            if (found.isLive()) {
                out.println("save it: sockblame report " + target + " -o FILE");
            }
        }
        if (failure == null) {
            return report.canDenyLeaks() || !conditions.isEmpty() ? ExitStatus.ANSWERED : ExitStatus.NO_ANSWER;
        }
        if (!json) {
            out.println("exit status 1: " + failure);
        }
        return ExitStatus.LEAKS;
    }

    /** The number of the first site that has a paragraph; null if none has. */
    private static @Nullable Integer firstShown(Report report) {
        for (Site site : report.sites()) {
            if (LeaksText.hasParagraph(site)) {
                return site.number();
            }
        }
        return null;
    }

    /** Why the exit status is not 0; null if it is. */
    private static @Nullable String failure(Report report, List<FailCondition> conditions)
            throws CannotAnswerException {
        for (FailCondition failCondition : conditions) {
            if (failCondition.holds(report)) {
                return SafeText.of(failCondition.threshold().text()) + " holds";
            }
        }
        return conditions.isEmpty() && report.hasLeaks() ? "leaks found" : null;
    }
}
