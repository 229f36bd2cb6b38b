// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sockblame completion}. */
@Command(
        name = "completion",
        description =
                "Prints a script with which bash or zsh completes verbs and options of a command named sockblame.",
        footer = {
            "",
            "For a jar the command is an alias: alias sockblame='java -jar /opt/sockblame.jar', in ~/.bashrc or ~/.zshrc.",
            "Then, there as well: source <(sockblame completion)",
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
        return SockblameCommand.ANSWERED;
    }
}
