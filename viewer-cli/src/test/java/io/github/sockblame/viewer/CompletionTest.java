// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {

    private static final String ASK = """
            COMP_WORDS=(sockblame "$@"); COMP_CWORD=$#; COMP_LINE="sockblame $*"; COMP_POINT=${#COMP_LINE}
            _complete_sockblame; echo "${COMPREPLY[@]}"
            """;

    @TempDir
    Path folder = Path.of("");

    @Test
    void bashCompletesVerbsAndOptions() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here (Debian: bash)");

        assertThat(ask("bash", "", "le")).isEqualTo("leaks");
        assertThat(ask("bash", "", "leaks", "--fail")).contains("--fail-on");
        assertThat(ask("bash", "", "diff", "--js")).contains("--json");
    }

    @Test
    void zshCompletesThemToo() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/zsh")), "no zsh here (Debian: zsh)");

        // which of them begin so, zsh finds out by itself
        assertThat(ask("zsh", "autoload -U +X compinit && compinit -u -D; setopt ksharrays; ", "le"))
                .contains("leaks", "explain");
    }

    private String ask(String shell, String before, String... words) throws IOException, InterruptedException {
        Outcome outcome = Outcome.of("completion");
        assertThat(outcome.status()).isZero();
        Path script = Files.writeString(folder.resolve("completion"), outcome.out());
        Path asking = Files.writeString(folder.resolve("asking"), before + "source " + script + "\n" + ASK);
        ProcessBuilder command = new ProcessBuilder(shell, asking.toString());
        command.command().addAll(List.of(words));
        // outside of a true completion compopt complains
        Process process = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        String answer = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor()).as(answer).isZero();
        return answer;
    }
}
