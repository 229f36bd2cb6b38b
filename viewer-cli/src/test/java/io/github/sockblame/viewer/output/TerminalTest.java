// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.text.TextStyle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @TempDir
    Path descriptors = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"/dev/pts/3", "/dev/tty1", "/dev/console"})
    void descriptorLinkIdentifiesTerminal(String device) throws Exception {
        link("1", device);
        Terminal terminal = terminal(Map.of("COLUMNS", "100"));

        assertThat(terminal.textStyle(true, false)).isEqualTo(new TextStyle(true, 100, ZONE));
        assertThat(terminal.textStyle(true, true)).isEqualTo(new TextStyle(true, TextStyle.UNLIMITED, ZONE));
        assertThat(terminal.textStyle(false, false).colour()).isFalse();
        assertThat(terminal.showsProgress()).as("standard error goes elsewhere").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipe:[4711]", "/tmp/dev/pts/3", "/dev/null", "/dev/ptsx/3"})
    void plainFileHasNoColourOrWidth(String file) throws Exception {
        link("1", file);

        assertThat(terminal(Map.of("COLUMNS", "100")).textStyle(true, false)).isEqualTo(new TextStyle(false, 0, ZONE));
    }

    @Test
    void standardErrorIsLookedAtByItself() throws Exception {
        link("1", "pipe:[4711]");
        link("2", "/dev/pts/3");

        assertThat(terminal(Map.of()).showsProgress()).isTrue();
        assertThat(terminal(Map.of("TERM", "dumb")).showsProgress()).isFalse();
        assertThat(terminal(Map.of()).canPrompt()).isFalse();
        link("0", "/dev/pts/3");
        assertThat(terminal(Map.of()).canPrompt()).isTrue();
    }

    @Test
    void aSystemWithoutTheseLinksHasNoTerminal() {
        assertThat(Terminal.of(descriptors.resolve("none"), Map.of(), ZoneOffset.UTC)
                        .textStyle(true, false))
                .isEqualTo(TextStyle.PLAIN);
    }

    @Test
    void unknownTerminalWidthIsDefault() throws Exception {
        // stty cannot ask a folder for its size
        Terminal terminal = new Terminal(null, descriptors, null, Map.of("COLUMNS", "many"), ZONE);

        assertThat(terminal.textStyle(true, false).width()).isEqualTo(120);
    }

    private Terminal terminal(Map<String, String> environment) {
        return Terminal.of(descriptors, environment, ZONE);
    }

    private void link(String descriptor, String to) throws Exception {
        Files.createSymbolicLink(descriptors.resolve(descriptor), Path.of(to));
    }
}
