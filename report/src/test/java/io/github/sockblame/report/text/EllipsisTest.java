// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EllipsisTest {

    @Test
    void shortTextIsUnchanged() {
        assertThat(Ellipsis.shorten("0123456789", 10)).isEqualTo("0123456789");
    }

    @Test
    void theBeginningAndTheEndAreKept() {
        assertThat(Ellipsis.shorten("0123456789abcdef", 12)).isEqualTo("012...abcdef");
        for (int columns = 0; columns < 16; columns++) {
            assertThat(Ellipsis.shorten("0123456789abcdef", columns)).hasSize(columns);
        }
    }

    @Test
    void noCharacterIsSplit() {
        assertThat(Ellipsis.shorten("01\ud83d\ude00456789abcdef", 12)).isEqualTo("01...abcdef");
        assertThat(Ellipsis.shorten("01\ud83d\ude00456789abcdef", 3)).isEqualTo("01");
    }
}
