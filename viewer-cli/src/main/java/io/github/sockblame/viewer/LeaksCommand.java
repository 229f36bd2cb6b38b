// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.Reading;
import io.github.sockblame.viewer.connect.Target;
import io.github.sockblame.viewer.connect.Targets;
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
        description = "Names the code that leaked connections: one paragraph a site, the worst first.",
        footer = {
            "",
            "Exit status: 0 no leaks, 1 leaks found, 2 could not answer; with --fail-on, 1 if a condition holds.",
            "CONDITION is leaks>=1, a state of ss as close-wait>=100, fds>=18000 or fds>=90%%; quote it for the shell.",
            "Example: sockblame leaks 4242",
            "Example: sockblame leaks 4242 --fail-on 'leaks>=10' --fail-on 'fds>=90%%'"
        })
final class LeaksCommand implements Callable<Integer> {

    private final Targets targets;
    private final Screen screen;
    private final PrintStream out;

    @Mixin
    private TargetArgument target = new TargetArgument();

    @Option(names = "--json", description = "Print the whole report as JSON.")
    private boolean json;

    @Option(
            names = "--fail-on",
            paramLabel = "CONDITION",
            description = "End with status 1 if this holds, and with 0 if not; several: if any does.")
    private List<String> failOn = List.of();

    @Mixin
    private Wide wide = new Wide();

    LeaksCommand(Targets targets, Screen screen, PrintStream out) {
        this.targets = targets;
        this.screen = screen;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        List<Condition> conditions = new ArrayList<>();
        for (String text : failOn) {
            conditions.add(Condition.parse(text));
        }
        Target found = target.in(targets);
        Reading reading = json ? found.read() : found.readSummary();
        Report report = reading.report();
        String failure = failure(report, conditions);
        if (json) {
            JsonLine.print(out, reading.json());
        } else {
            out.print(LeaksText.of(report, screen.look(wide)));
            if (!report.sites().isEmpty()) {
                out.println("explain a site: sockblame explain " + target + " 1");
            }
            if (found.isLive()) {
                out.println("save it: sockblame report " + target + " -o FILE");
            }
        }
        if (failure == null) {
            return Sockblame.ANSWERED;
        }
        if (!json) {
            out.println("exit status 1: " + failure);
        }
        return Sockblame.LEAKS;
    }

    /** Why the exit status is not 0; null if it is. */
    private static @Nullable String failure(Report report, List<Condition> conditions) throws CannotAnswerException {
        for (Condition condition : conditions) {
            if (condition.holds(report)) {
                return SafeText.of(condition.text()) + " holds";
            }
        }
        return conditions.isEmpty() && report.hasLeaks() ? "leaks found" : null;
    }
}
