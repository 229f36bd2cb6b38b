// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "\u001b[31mred|?[31mred",
                "a\u0007b|a?b",
                "\u009b2J|?2J", // CSI in one character
                "a\u202eb|a?b", // right to left from here
                "a\u200bb|a?b", // zero width
                "a\u2028b|a?b",
                "a\u007fb|a?b",
                "a\udb40\udc41b|a?b", // a tag: invisible, beyond the first plane
            })
    void replacesWhatATerminalWouldObey(String text, String printable) {
        assertThat(SafeText.of(text)).isEqualTo(printable);
    }

    @Test
    void makesOneLineOfSeveral() {
        assertThat(SafeText.of("a\r\nb\tc\u0000d")).isEqualTo("a??b?c?d");
    }

    @Test
    void leavesOrdinaryTextAlone() {
        String text = "http-nio-8080-exec-1 [größe] 日本 \ud83d\ude00";

        assertThat(SafeText.of(text)).isSameAs(text);
        assertThat(SafeText.of("")).isEmpty();
    }

    @Test
    void cutsWhatIsTooLong() {
        assertThat(SafeText.of("x".repeat(500))).isEqualTo("x".repeat(500));
        assertThat(SafeText.of("x".repeat(501))).isEqualTo("x".repeat(500) + "...");
        assertThat(SafeText.of("\n".repeat(5000))).isEqualTo("?".repeat(500) + "...");
    }

    @Test
    void doesNotCutACharacterInTwo() {
        String cut = SafeText.of("x".repeat(499) + "\ud83d\ude00".repeat(10));

        assertThat(cut).isEqualTo("x".repeat(499) + "...");
    }

    @Test
    void replacesHalfACharacter() {
        assertThat(SafeText.of("a\ud83db")).isEqualTo("a?b");
    }
}
