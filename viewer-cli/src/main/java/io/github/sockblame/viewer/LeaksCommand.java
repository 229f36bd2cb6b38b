// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.report.Printable;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.Reading;
import io.github.sockblame.viewer.connect.Target;
import io.github.sockblame.viewer.connect.Targets;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sockblame leaks}. */
@Command(
        name = "leaks",
        description = "Names the code that leaked connections: one paragraph a site, the worst first.",
        footer = {"", "Exit status: 0 no leaks, 1 leaks found, 2 could not answer.", "Example: sockblame leaks 4242"})
final class LeaksCommand implements Callable<Integer> {

    private final Targets targets;
    private final PrintStream out;

    @Parameters(
            paramLabel = "TARGET",
            description = "PID, part of a name, host:port, service:jmx:..., or a saved report.")
    private String target = "";

    @Option(names = "--json", description = "Print the whole report as JSON.")
    private boolean json;

    LeaksCommand(Targets targets, PrintStream out) {
        this.targets = targets;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        Target found = targets.find(target);
        Reading reading = found.read();
        Report report = reading.report();
        if (json) {
            out.writeBytes((reading.json().strip() + "\n").getBytes(UTF_8));
        } else {
            out.print(LeaksText.of(report));
            if (found.isLive()) {
                out.println("save it: sockblame report " + Printable.of(target) + " -o FILE");
            }
            if (report.hasLeaks()) {
                out.println("exit status 1: leaks found");
            }
        }
        return report.hasLeaks() ? Sockblame.LEAKS : Sockblame.ANSWERED;
    }
}
