// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.report.SafeText;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.TargetResolver;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sockblame detach}. */
@Command(
        name = "detach",
        description = "Removes the agent from a running JVM: hooks, thread, memory and open files.",
        footer = {
            "",
            "The records of the agent are lost: save a report first. You can attach the agent again, with other options.",
            "Example: sockblame detach 4242"
        })
final class DetachCommand implements Callable<Integer> {

    private final TargetResolver targetResolver;
    private final PrintStream out;

    @Parameters(paramLabel = "TARGET", description = "PID, part of a name, host:port, or service:jmx:...")
    private String target = "";

    DetachCommand(TargetResolver targetResolver, PrintStream out) {
        this.targetResolver = targetResolver;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        out.println(SafeText.of(targetResolver.find(target).detach()));
        return ExitStatus.ANSWERED;
    }
}
