// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.man;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sockblame.viewer.command.SockblameCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManPagesTest {

    @Test
    void eachVerbHasAPageWithAnExample() {
        Map<String, String> pages = ManPages.all("1.2.3");

        for (String verb : SockblameCommand.commandLine().getSubcommands().keySet()) {
            assertThat(pages).containsKey("sockblame-" + verb + ".1");
            assertThat(pages.get("sockblame-" + verb + ".1"))
                    .startsWith(".TH \"SOCKBLAME-" + verb.toUpperCase(Locale.ROOT) + "\" 1 \"\" \"Sockblame 1.2.3\"")
                    .contains(".SH \"EXAMPLES\"\n.PP\nsockblame " + verb);
            assertThat(pages.get("sockblame.1")).contains("\\fB" + verb + "\\fR\n", "sockblame\\-" + verb + "(1)");
        }
        assertThat(pages.values()).allSatisfy(page -> assertThat(page).doesNotContain("%%"));
        assertThat(pages.get("sockblame-leaks.1"))
                .contains("fds>=90%,")
                .contains("\\fB\\-\\-fail\\-on CONDITION\\fR\n")
                .contains("sockblame leaks [OPTION]... TARGET\n");
    }

    @Test
    void groffAcceptsManPages(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "no groff here (Debian: groff-base)");
        ManPages.main(new String[] {folder.toString(), "1.2.3"});

        for (String name : ManPages.all("1.2.3").keySet()) {
            Process groff = new ProcessBuilder(List.of(
                            "/usr/bin/groff",
                            "-man",
                            "-ww",
                            "-Tascii",
                            folder.resolve(name).toString()))
                    .redirectError(folder.resolve("complaints").toFile())
                    .start();
            String page = new String(groff.getInputStream().readAllBytes(), UTF_8)
                    .replaceAll(".\b", ""); // how a typewriter prints bold
            assertThat(groff.waitFor()).isZero();
            assertThat(folder.resolve("complaints")).as(name).isEmptyFile();
            assertThat(page).contains("SYNOPSIS", "OPTIONS", "--help");
        }
    }
}
