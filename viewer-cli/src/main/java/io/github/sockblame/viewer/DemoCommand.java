// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.viewer.connect.BundledAgent;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.demo.DemoJvm;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code sockblame demo}. */
@Command(
        name = "demo",
        description = "Starts a small program that leaks connections, and shows what Sockblame says of it.",
        footer = {"", "All its connections are of this machine with itself.", "Example: sockblame demo"})
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
        try (DemoJvm demo = progress.during("the demo to start", () -> DemoJvm.start(agent))) {
            out.println(demo.introduction());
            out.println("$ sockblame leaks " + demo.pid());
            out.print(LeaksText.of(progress.during("the demo to leak", demo::awaitLeaks), outputStyle.look()));
        }
        out.println("exit status 0: the demo worked; sockblame leaks would have ended with 1, leaks found");
        return SockblameCommand.ANSWERED;
    }
}
