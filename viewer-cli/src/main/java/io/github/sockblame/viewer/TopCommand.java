// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import io.github.sockblame.report.SafeText;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.Target;
import io.github.sockblame.viewer.connect.TargetResolver;
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
        description = "Shows the sites of a JVM on a live screen: which grow, and how fast.",
        footer = {
            "",
            "Keys: q quit, Enter explain, c g a sort by count, growth, age, / filter, Space freeze, w write a report, ? help.",
            "Exit status: 0; 2 without a terminal, or if the JVM did not answer any more at the end.",
            "Example: sockblame top 4242"
        })
final class TopCommand implements Callable<Integer> {

    private static final int LONGEST_INTERVAL = 3600;

    private final Function<Consumer<String>, TargetResolver> targets;
    private final OutputStyle outputStyle;

    @Parameters(paramLabel = "TARGET", description = "PID, part of a name, host:port, or service:jmx:...")
    private String target = "";

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            description = "The least time between two questions: 2 by default, 1 at the least.")
    private int interval = 2;

    /** What is said of a target while the screen is live goes onto the screen. */
    TopCommand(Function<Consumer<String>, TargetResolver> targets, OutputStyle outputStyle) {
        this.targets = targets;
        this.outputStyle = outputStyle;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        String named = SafeText.of(target);
        if (interval < 1 || interval > LONGEST_INTERVAL) {
            throw new CannotAnswerException(
                    "--interval " + interval + " is no number of seconds from 1 to " + LONGEST_INTERVAL,
                    "name another");
        }
        String leaks = "sockblame leaks " + named + " prints the same once";
        TopSession topSession = new TopSession(outputStyle.look().colour(), leaks);
        Target found = targets.apply(topSession::tell).find(target);
        if (!found.isLive()) {
            throw new CannotAnswerException(named + " is a saved report, which does not change", leaks);
        }
        topSession.show(found, Duration.ofSeconds(interval));
        return SockblameCommand.ANSWERED;
    }
}
