// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.report.SafeText;
import io.github.sockblame.viewer.connect.BundledAgent;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.LocalJvm;
import io.github.sockblame.viewer.output.Progress;
import java.io.PrintStream;
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
            "Example: sockblame attach 4242 --options grace=30s"
        })
final class AttachCommand implements Callable<Integer> {

    private final BundledAgent agent;
    private final Progress progress;
    private final PrintStream out;

    @Parameters(paramLabel = "PID", description = "A JVM of this machine, see sockblame ps.")
    private String pid = "";

    @Option(names = "--options", paramLabel = "KEY=VALUE,...", description = "Options for the agent.")
    private String options = "";

    AttachCommand(BundledAgent agent, Progress progress, PrintStream out) {
        this.agent = agent;
        this.progress = progress;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        LocalJvm jvm = new LocalJvm(pid(), agent);
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

    private long pid() throws CannotAnswerException {
        try {
            return Long.parseLong(pid);
        } catch (NumberFormatException e) {
            throw new CannotAnswerException(
                    "'" + pid + "' is not a PID", "sockblame ps lists the JVMs of this machine", e);
        }
    }
}
