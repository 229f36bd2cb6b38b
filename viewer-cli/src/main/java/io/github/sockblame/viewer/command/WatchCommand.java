// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.net.Digits;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.TargetResolver;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sockblame watch}. */
@Command(
        name = "watch",
        description = "Records where new connections of a site were last used.",
        footer = {
            "",
            "The agent tracks sites with suspects automatically. Use this verb for other sites, for example idle connections.",
            "Recording ends after one hour. Each recorded read or write costs one stack capture.",
            "Example: sockblame watch 4242 3"
        })
final class WatchCommand implements Callable<Integer> {

    private static final int MAX_DIGITS = 9;

    private final TargetResolver targetResolver;
    private final PrintStream out;

    @Parameters(index = "0", paramLabel = "TARGET", description = "PID, part of a name, host:port, or service:jmx:...")
    private String target = "";

    @Parameters(index = "1", paramLabel = "SITE", description = "Number of the site in the latest report.")
    private String site = "";

    @Option(names = "--off", description = "Stop recording.")
    private boolean off;

    WatchCommand(TargetResolver targetResolver, PrintStream out) {
        this.targetResolver = targetResolver;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        int number = Digits.parse(site, MAX_DIGITS, 10);
        if (number < 0) {
            throw new CannotAnswerException(
                    "'" + site + "' is not the number of a site: watch takes a site, not a socket",
                    "sockblame leaks " + SafeText.of(target) + " shows the numbers");
        }
        out.println(SafeText.of(targetResolver.find(target).watch(number, !off)));
        if (!off) {
            out.println("next: sockblame leaks " + SafeText.of(target));
        }
        return ExitStatus.ANSWERED;
    }
}
