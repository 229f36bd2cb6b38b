// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.viewer.connect.BundledAgent;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.demo.DemoJvm;
import io.github.sockblame.viewer.output.OutputStyle;
import io.github.sockblame.viewer.output.Progress;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code sockblame demo}. */
@Command(
        name = "demo",
        description = "Starts a small program that leaks connections, and prints what Sockblame finds.",
        footer = {"", "All connections of the demo stay on this machine.", "Example: sockblame demo"})
final class DemoCommand implements Callable<Integer> {

    private final BundledAgent agent;
    private final Progress progress;
    private final OutputStyle outputStyle;
    private final PrintStream out;

    DemoCommand(BundledAgent agent, Progress progress, OutputStyle outputStyle, PrintStream out) {
        this.agent = agent;
        this.progress = progress;
        this.outputStyle = outputStyle;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        try (DemoJvm demo = progress.waitFor("the demo to start", () -> DemoJvm.start(agent))) {
            out.println(demo.introduction());
            out.println("$ sockblame leaks " + demo.pid());
            out.print(LeaksText.of(progress.waitFor("the demo to leak", demo::awaitLeaks), outputStyle.textStyle()));
        }
        out.println("exit status 0: the demo worked; sockblame leaks itself exits with status 1, leaks found");
        return ExitStatus.ANSWERED;
    }
}
