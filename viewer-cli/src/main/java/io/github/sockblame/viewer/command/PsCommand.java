// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.Jvms;
import io.github.sockblame.viewer.output.JsonLine;
import io.github.sockblame.viewer.output.Progress;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sockblame ps}. */
@Command(
        name = "ps",
        description = "Lists the JVMs of this machine, and shows which of them carry the agent.",
        footer = {"", "This command sends no signal to a JVM, and changes none.", "Example: sockblame ps"})
final class PsCommand implements Callable<Integer> {

    private final Progress progress;
    private final PrintStream out;

    @Option(names = "--json", description = "Print the JVMs as a JSON array.")
    private boolean json;

    PsCommand(Progress progress, PrintStream out) {
        this.progress = progress;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        List<Jvms.JvmStatus> jvms = progress.waitFor("the JVMs of this machine", Jvms::statuses);
        if (json) {
            JsonLine.print(out, PsTable.json(jvms));
        } else {
            out.print(PsTable.text(jvms));
            String others = Jvms.otherUsers();
            if (others != null) {
                out.println(others);
            }
        }
        return ExitStatus.ANSWERED;
    }
}
