// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.viewer.fake.ForkedJvm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    @Test
    void withoutAVerbItExplainsItselfInTenLines() {
        Outcome outcome = Outcome.of();

        assertThat(outcome.out())
                .startsWith("Sockblame is git blame for sockets")
                .hasLineCount(10)
                .contains("sockblame leaks TARGET")
                .endsWith("next: sockblame ps\n");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ps",
                "attach",
                "detach",
                "leaks",
                "explain",
                "list",
                "top",
                "watch",
                "diff",
                "status",
                "report",
                "completion",
                "demo"
            })
    void helpOfAVerbShowsAnExample(String verb) {
        Outcome outcome = Outcome.of(verb, "--help");

        assertThat(outcome.out()).contains("Example: sockblame " + verb).contains("--debug");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void versionIsPrinted() {
        assertThat(Outcome.of("--version").out()).startsWith("sockblame ");
    }

    @Test
    void wrongUsageIsOneLineAndAHint() {
        Outcome.of("leeks").isFailure("no such verb: 'leeks'", "see sockblame --help");
        Outcome.of("leaks").isFailure("TARGET", "see sockblame leaks --help");
        Outcome.of("report", "4242").isFailure("FILE", "see sockblame report --help");
        Outcome.of("watch", "4242", "first").isFailure("'first' is not the number of a site", "sockblame leaks 4242");
        Outcome.of("watch", "4242", "fd=21").isFailure("'fd=21' is not the number of a site: watch takes a site");
        Outcome.of("ps", "--wide").isFailure("--wide", "see sockblame ps --help");
        Outcome.of("attach", "no-such-jvm").isFailure("no JVM of this machine has 'no-such-jvm'", "sockblame ps");
        Outcome.of("attach", "localhost:9")
                .isFailure("localhost:9 is not a JVM of this machine", "use its PID or its name");
    }

    @Test
    void optionsAreCheckedBeforeTheyAreSent() {
        Outcome.of("attach", "4242", "--options", "grace=soon,graze=1s")
                .isFailure(
                        "--options: invalid value 'soon' for grace: expected a duration",
                        "unknown option 'graze', did you mean grace? (valid options: verbose, ",
                        "nothing was sent to the JVM");
    }

    @Test
    void typingErrorHasASuggestion() {
        Outcome.of("leeks").isFailure("no such verb: 'leeks', did you mean leaks?: see sockblame --help");
        Outcome.of("leaks", "4242", "--jsno").isFailure("'--jsno', did you mean --json?: see sockblame leaks --help");
        Outcome.of("frobnicate").isFailure("no such verb: 'frobnicate': see");
    }

    @Test
    void outputThatIsNoFileIsRefused() {
        Outcome.of("report", "4242", "-o", "x/").isFailure("'x/' is the name of a folder: give the name of a file");
        Outcome.of("report", "4242", "-o", "x.csv")
                .isFailure("x.csv: a report is JSON (.json), text (.txt) or a page (.html)");
        Outcome.of("report", "4242", "-o", "").isFailure("'' is not a file name: give a name after -o");
        Outcome.of("report", "4242", "-o", "-").isFailure("-o - is no file", "sockblame leaks 4242 --json");
    }

    @Test
    void topWithoutTerminalSuggestsLeaks() {
        Outcome.of("top", "4242").isFailure("there is no terminal", "sockblame leaks 4242");
        Outcome.of("top", "4242", "--interval", "0").isFailure("--interval 0", "from 1 to 3600");
    }

    @Test
    void debugAddsTheStackTraceWhereverItStands() {
        assertThat(Outcome.of("--debug", "leaks", "no-such-jvm").err()).contains("\tat io.github.sockblame");
        assertThat(Outcome.of("leaks", "no-such-jvm", "--debug").err()).contains("\tat io.github.sockblame");
        Outcome.of("leaks", "no-such-jvm").isFailure("no-such-jvm");
    }

    @Test
    void textFromOutsideCannotDrawOnTheTerminal() {
        Outcome.of("leaks", "\u001b[31mred\n").isFailure("?[31mred");
    }

    @ParameterizedTest
    @CsvSource({
        "'java.management.rmi,java.xml,java.desktop,java.sql', ps, jdk.attach",
        "java.management.rmi, localhost:9, jdk.naming.rmi",
        "'java.rmi,java.management', localhost:9, java.management.rmi",
        "java.rmi, 4242, java.management",
        "java.base, ps, java.rmi"
    })
    void javaWithoutAModuleFails(String modules, String argument, String missing) throws Exception {
        String[] arguments = argument.equals("ps") ? new String[] {"ps"} : new String[] {"leaks", argument};
        List<String> command = ForkedJvm.command(List.of("--limit-modules", modules), Main.class.getName(), arguments);
        Process process = new ProcessBuilder(command).start();

        assertThat(process.errorReader().lines())
                .singleElement()
                .asString()
                .startsWith("sockblame: this Java has no module " + missing + " (")
                .contains("run sockblame with a JDK");
        assertThat(process.waitFor()).isEqualTo(2);
    }
}
