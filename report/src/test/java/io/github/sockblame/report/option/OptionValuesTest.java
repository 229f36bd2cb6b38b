// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sockblame.report.ShortDuration;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionValuesTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "5s, PT5S",
        "2m, PT2M",
        "1h, PT1H",
        "0s, PT0S",
        "007s, PT7S",
        "24h, PT24H",
    })
    void readsDurations(String text, Duration duration) {
        assertThat(OptionValues.parseDuration(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "s", "5", "-5s", "+5s", "5 s", "5S", "5d", "1.5s", "5s5", "5ss", "1000000000s", "٥s", "5m\0"
            })
    void doesNotGuessDurations(String text) {
        assertThat(ShortDuration.parse(text)).isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptionValues.parseDuration(text))
                .withMessage("a duration such as 500ms, 5s or 2m (at most 24h)");
    }

    @Test
    void anOptionIsAtMostADayAndAnAlertIsNot() {
        assertThat(ShortDuration.parse("999999999h")).isEqualTo(Duration.ofHours(999_999_999));
        assertThatIllegalArgumentException().isThrownBy(() -> OptionValues.parseDuration("999999999h"));
        assertThatIllegalArgumentException().isThrownBy(() -> OptionValues.parseDuration("86400001ms"));
    }

    @ParameterizedTest
    @CsvSource({"2%, 0.02", "0.5%, 0.005", "0.1%, 0.001", "100%, 1", "99.9%, 0.999"})
    void readsPercentages(String text, double share) {
        assertThat(OptionValues.parsePercentage(text)).isEqualTo(share);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "%", "2", "0%", "0.0%", "100.1%", "-1%", "2.55%", ".5%", "5.%", "1e1%", "0.01%", "2 %", "1000%"
            })
    void refusesOtherPercentages(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptionValues.parsePercentage(text))
                .withMessageStartingWith("a percentage of one core such as 2% or 0.5%");
    }

    @ParameterizedTest
    @CsvSource({"1k, 1024", "500k, 512000", "100m, 104857600", "2g, 2147483648", "999999g, 1073740750258176"})
    void readsSizes(String text, long bytes) {
        assertThat(OptionValues.parseSize(text)).isEqualTo(bytes);
    }
}
