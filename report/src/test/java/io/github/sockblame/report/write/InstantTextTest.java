// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {

    private final InstantText times = new InstantText();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T12:00:00Z",
                "2026-03-01T12:00:00.001Z",
                "2026-03-01T12:00:00.120Z",
                "2026-03-01T12:00:00.987Z",
                "2026-03-01T12:00:00.123456Z",
                "2026-03-01T12:00:00.000000001Z",
                "1969-12-31T23:59:59.999Z",
                "+12026-03-01T12:00:00.100Z",
            })
    void timesAreAsTheyPrintThemselves(String text) {
        Instant first = Instant.parse(text);
        Instant sameSecond = first.truncatedTo(ChronoUnit.SECONDS).plusMillis(7);
        Instant samePlace = first.plusSeconds(1024);

        for (Instant instant : new Instant[] {first, sameSecond, samePlace, sameSecond}) {
            assertThat(times.of(instant)).isEqualTo(instant.toString());
            char[] chars = new char[InstantText.MOST_CHARS];
            int length = times.put(instant.toEpochMilli(), chars);
            assertThat(new String(chars, 0, length))
                    .isEqualTo(instant.truncatedTo(ChronoUnit.MILLIS).toString());
        }
    }
}
