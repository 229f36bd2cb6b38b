// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void readsWhatAProgramTells() {
        Figures figures = Figures.printed(List.of("hello", "figure cpu.micros 12.5", "figure of two words 3"));
        assertThat(figures.get("cpu.micros")).isEqualTo(12.5);
        assertThat(figures.get("of two words")).isEqualTo(3);
    }

    @Test
    void aFigureThatIsMissingIsAnErrorAndNoZero() {
        Figures figures = Figures.printed(List.of("figure a 1"));
        assertThatThrownBy(() -> figures.get("b")).hasMessageContaining("'b'").hasMessageContaining("[a]");
    }
}
