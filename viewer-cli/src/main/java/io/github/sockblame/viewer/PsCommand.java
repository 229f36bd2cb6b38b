// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.Jvms;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sockblame ps}. */
@Command(
        name = "ps",
        description = "Lists the JVMs of this machine, and which of them carry the agent.",
        footer = {"", "Only JVMs that carry the agent are attached to.", "Example: sockblame ps"})
final class PsCommand implements Callable<Integer> {

    private final Progress progress;
    private final PrintStream out;

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    PsCommand(Progress progress, PrintStream out) {
        this.progress = progress;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        List<Jvms.JvmStatus> seen = progress.during("the JVMs of this machine", Jvms::look);
        if (json) {
            JsonLine.print(out, PsTable.json(seen));
        } else {
            out.print(PsTable.text(seen));
        }
        return SockblameCommand.ANSWERED;
    }
}
