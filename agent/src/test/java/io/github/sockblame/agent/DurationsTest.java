// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "5s, PT5S",
        "2m, PT2M",
        "1h, PT1H",
        "0s, PT0S",
        "007s, PT7S",
        "999999999h, PT999999999H"
    })
    void areReadAsPeopleTypeThem(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "s", "5", "-5s", "+5s", "5 s", "5S", "5d", "1.5s", "5s5", "5ss", "1000000000s", "٥s", "5m\0"
            })
    void areNotGuessed(String text) {
        assertThat(Durations.parse(text)).isNull();
    }
}
