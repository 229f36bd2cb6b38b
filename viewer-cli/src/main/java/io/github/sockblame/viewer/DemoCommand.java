// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.CarriedAgent;
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

    private final CarriedAgent agent;
    private final Progress progress;
    private final Screen screen;
    private final PrintStream out;

    DemoCommand(CarriedAgent agent, Progress progress, Screen screen, PrintStream out) {
        this.agent = agent;
        this.progress = progress;
        this.screen = screen;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        try (DemoJvm demo = progress.during("the demo to start", () -> DemoJvm.start(agent))) {
            out.println(demo.introduction());
            out.println("$ sockblame leaks " + demo.pid());
            out.print(LeaksText.of(progress.during("the demo to leak", demo::awaitLeaks), screen.look()));
        }
        out.println("exit status 0: the demo worked; sockblame leaks would have ended with 1, leaks found");
        return Sockblame.ANSWERED;
    }
}
