// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sockblame completion}. */
@Command(
        name = "completion",
        description = "Prints a script that completes the verbs and options of the command sockblame in bash and zsh.",
        footer = {
            "",
            "If you run the jar, add an alias to ~/.bashrc or ~/.zshrc: alias sockblame='java -jar /opt/sockblame.jar'",
            "Then add to the same file: source <(sockblame completion)",
            "Example: sockblame completion > ~/.local/share/bash-completion/completions/sockblame"
        })
final class CompletionCommand implements Callable<Integer> {

    private final PrintStream out;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        out.print(AutoComplete.bash("sockblame", spec.root().commandLine()));
        return ExitStatus.ANSWERED;
    }
}
