// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFormatTest {

    @ParameterizedTest
    @CsvSource({
        "PT-5S, 0s",
        "PT0.999S, 0s",
        "PT42S, 42s",
        "PT59.9S, 59s",
        "PT60S, 1m00s",
        "PT9M59S, 9m59s",
        "PT10M59S, 10m",
        "PT59M59S, 59m",
        "PT1H, 1h00m",
        "PT6H2M, 6h02m",
        "PT23H59M59S, 23h59m",
        "P1D, 1d00h",
        "P3DT4H, 3d04h",
        "P400D, 400d00h",
    })
    void durationHasTwoUnitsAtTheMost(Duration duration, String text) {
        assertThat(TextFormat.duration(duration)).isEqualTo(text);
    }

    @Test
    void betweenTakesTheLargestTimesThereAre() {
        assertThat(TextFormat.between(Instant.MIN, Instant.MAX)).endsWith("h").contains("d");
        assertThat(TextFormat.between(Instant.MAX, Instant.MIN)).isEqualTo("0s");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 connections", "1, 1 connection", "2, 2 connections", "'19104', '19,104 connections'"})
    void countAgreesWithItsNoun(long n, String text) {
        assertThat(TextFormat.count(n, "connection")).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 entries", "1, 1 entry", "'19104', '19,104 entries'"})
    void countTakesIrregularPlural(long n, String text) {
        assertThat(TextFormat.count(n, "entry", "entries")).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 KB",
        "1048575, '1,023 KB'",
        "1048576, 1 MB",
        "1572864, 1.5 MB",
        "10485760, 10 MB",
        "5368709120, '5,120 MB'"
    })
    void sizesHaveTheirUnit(long bytes, String text) {
        assertThat(TextFormat.size(bytes)).isEqualTo(text);
    }

    @Test
    void numbersAreTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(TextFormat.number(1_234_567)).isEqualTo("1,234,567");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"19871, 20000, 99 %", "20000, 20000, 100 %", "19999, 20000, 99 %", "0, 20000, 0 %", "5, 0, ?"})
    void percentIsHundredOnlyForWhole(long part, long whole, String text) {
        assertThat(TextFormat.percent(part, whole)).isEqualTo(text);
    }
}
