// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.option.OptionSyntax;
import io.github.sockblame.viewer.connect.BundledAgent;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.LocalJvm;
import io.github.sockblame.viewer.connect.TargetResolver;
import io.github.sockblame.viewer.output.Progress;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sockblame attach}. */
@Command(
        name = "attach",
        description = "Puts the agent into a running JVM. Sockets that were opened before stay untracked.",
        footer = {
            "",
            "If the JVM already has an agent, that agent stays, with its own options.",
            "Example: sockblame attach 4242 --options grace=30s",
            "Example: sockblame attach shop.jar"
        })
final class AttachCommand implements Callable<Integer> {

    private final TargetResolver targetResolver;
    private final BundledAgent agent;
    private final Progress progress;
    private final PrintStream out;

    @Parameters(paramLabel = "PID", description = "PID or part of the name of a JVM of this machine, see sockblame ps.")
    private String target = "";

    @Option(names = "--options", paramLabel = "KEY=VALUE,...", description = "Options for the agent.")
    private String options = "";

    AttachCommand(TargetResolver targetResolver, BundledAgent agent, Progress progress, PrintStream out) {
        this.targetResolver = targetResolver;
        this.agent = agent;
        this.progress = progress;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        checkOptions();
        long pid = targetResolver.findPid(target);
        LocalJvm jvm = new LocalJvm(pid, agent);
        LocalJvm.Attached attached = progress.waitFor("the agent in JVM " + pid, () -> jvm.attach(options));
        String version = SafeText.of(attached.version());
        String hooks = "hooks " + SafeText.of(attached.hookStatus()) + "; next: sockblame leaks " + pid;
        if (attached.hadAgent()) {
            String kept = options.isEmpty() ? "" : ", with the options it was started with";
            out.println("agent " + version + " is already in JVM " + pid + kept + ", " + hooks);
        } else {
            out.println("agent " + version + " attached to JVM " + pid + ", " + hooks);
        }
        return ExitStatus.ANSWERED;
    }

    /** The agent would only print a line on the standard error of its JVM, where the user does not look. */
    private void checkOptions() throws CannotAnswerException {
        List<String> problems = OptionSyntax.problems(options);
        if (!problems.isEmpty()) {
            throw new CannotAnswerException("--options: " + OptionSyntax.line(problems), "nothing was sent to the JVM");
        }
    }
}
