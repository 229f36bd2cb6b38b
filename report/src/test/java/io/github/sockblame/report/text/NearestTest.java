// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestTest {

    private static final List<String> WORDS = List.of("ps", "leaks", "list", "attach", "detach", "grace");

    @ParameterizedTest
    @CsvSource({
        "leeks, leaks",
        "leak, leaks",
        "LEAKS, leaks",
        "lits, list",
        "atach, attach",
        "dettach, detach",
        "sp, ps"
    })
    void typingErrorIsFound(String word, String meant) {
        assertThat(Nearest.of(word, WORDS)).isEqualTo(meant);
        assertThat(Nearest.question(word, WORDS)).isEqualTo(", did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "threads", "gone", "leaks-of-my-program"})
    void anotherWordIsNone(String word) {
        assertThat(Nearest.question(word, WORDS)).isEmpty();
    }

    @Test
    void veryLongWordIsNone() {
        assertThat(Nearest.of("x".repeat(100_000), WORDS)).isNull();
        assertThat(Nearest.of("leaks", List.of("leaks".repeat(100_000)))).isNull();
    }
}
