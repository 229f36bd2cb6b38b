// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyBindingsTest {

    @Test
    void helpHasALineForEachVisibleBinding() {
        List<String> help = KeyBindings.SITES.help();

        assertThat(help)
                .hasSize(10)
                .contains(
                        "Up Down PgUp PgDn   select a site (or k, j)",
                        "c                   sort by count",
                        "q                   quit (or Ctrl-C)");
        assertThat(KeyBindings.TEXT.help()).isEmpty();
    }

    @Test
    void everyLetterOfTheHelpHasAnAction() {
        for (String line : KeyBindings.SITES.help()) {
            if (line.charAt(1) == ' ') {
                assertThat(KeyBindings.SITES.action(Key.typing(line.charAt(0))))
                        .as(line)
                        .isNotNull();
            }
        }
        assertThat(KeyBindings.SITES.action(Key.typing('x'))).isNull();
        assertThat(KeyBindings.TEXT.action(Key.typing('g'))).isNull();
    }
}
