// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.report.SafeText;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.Target;
import io.github.sockblame.viewer.connect.TargetResolver;
import io.github.sockblame.viewer.output.OutputStyle;
import io.github.sockblame.viewer.top.TopSession;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sockblame top}. */
@Command(
        name = "top",
        description = "Shows the sites of a JVM on a live screen: which sites grow, and how fast.",
        footer = {
            "",
            "Keys: q quit, Enter explain, c g a sort by count, growth, age, / filter, Space freeze, w write a report, ? help.",
            "Exit status: 0; 2 without a terminal, or if the JVM no longer answered at the end.",
            "Example: sockblame top 4242"
        })
final class TopCommand implements Callable<Integer> {

    private static final int MAX_INTERVAL_SECONDS = 3600;

    private final Function<Consumer<String>, TargetResolver> targets;
    private final OutputStyle outputStyle;

    @Parameters(paramLabel = "TARGET", description = "PID, part of a name, host:port, or service:jmx:...")
    private String target = "";

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            description = "Seconds between updates (default 2, minimum 1).")
    private int interval = 2;

    /** Notices about the target go to the screen while it is live. */
    TopCommand(Function<Consumer<String>, TargetResolver> targets, OutputStyle outputStyle) {
        this.targets = targets;
        this.outputStyle = outputStyle;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        String named = SafeText.of(target);
        if (interval < 1 || interval > MAX_INTERVAL_SECONDS) {
            throw new CannotAnswerException(
                    "invalid --interval " + interval, "give a number of seconds from 1 to " + MAX_INTERVAL_SECONDS);
        }
        String leaks = "sockblame leaks " + named + " prints the same once";
        TopSession topSession = new TopSession(outputStyle.textStyle().colour(), leaks);
        Target found = targets.apply(topSession::showNotice).find(target);
        if (!found.isLive()) {
            throw new CannotAnswerException(named + " is a saved report, which does not change", leaks);
        }
        topSession.show(found, Duration.ofSeconds(interval));
        return ExitStatus.ANSWERED;
    }
}
