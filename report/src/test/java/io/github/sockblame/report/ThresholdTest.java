// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Threshold.Figure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {

    /** Two sites of leaks with 12 and 3 connections, 42 s old; 40 of 1,000 descriptors. */
    private static final Report REPORT = SampleReports.quiet()
            .totals(SampleReports.leaking(SampleReports.bare(1, Verdict.ABANDONED, 15))
                    .build()
                    .totals())
            .sites(
                    SampleReports.bare(1, Verdict.ABANDONED, 12),
                    SampleReports.bare(2, Verdict.FORGOTTEN, 3),
                    SampleReports.bare(3, Verdict.IDLE, 90))
            .build();

    @Test
    void readsEachFigure() {
        assertThat(Threshold.parse(" leaks >= 10 "))
                .isEqualTo(new Threshold("leaks >= 10", Figure.LEAKS, 10, false, null));
        assertThat(Threshold.parse("SITE-LEAKS>=0"))
                .isEqualTo(new Threshold("SITE-LEAKS>=0", Figure.SITE_LEAKS, 0, false, null));
        assertThat(Threshold.parse("age>=10m")).isEqualTo(new Threshold("age>=10m", Figure.AGE, 600_000, false, null));
        assertThat(Threshold.parse("fds>=90 %")).isEqualTo(new Threshold("fds>=90 %", Figure.FDS, 90, true, null));
        assertThat(Threshold.parse("CLOSE_WAIT>=999999999"))
                .isEqualTo(
                        new Threshold("CLOSE_WAIT>=999999999", Figure.STATE, 999_999_999, false, TcpState.CLOSE_WAIT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ">=", "leaks", "leaks>=", "leaks>=1%", "leaks>=1s", "age>=1", "age>=1%", "fds>=101%", "x>=1"
            })
    void anythingElseIsNone(String text) {
        assertThat(Threshold.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "leaks>=15, leaks>=16",
        "close-wait>=15, close-wait>=16",
        "fds>=40, fds>=41",
        "fds>=4%, fds>=5%",
    })
    void holdsForTheProcessFromItsValueOn(String met, String missed) {
        assertThat(threshold(met).holds(REPORT)).isTrue();
        assertThat(threshold(missed).holds(REPORT)).isFalse();
        assertThat(threshold(met).holds(REPORT.sites().get(0), REPORT)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"site-leaks>=12, site-leaks>=13", "age>=42s, age>=43s"})
    void holdsForASiteFromItsValueOn(String met, String missed) {
        assertThat(threshold(met).holds(REPORT.sites().get(0), REPORT)).isTrue();
        assertThat(threshold(missed).holds(REPORT.sites().get(0), REPORT)).isFalse();
        assertThat(threshold(met).holds(REPORT)).isFalse();
    }

    @Test
    void aSiteThatIsNoLeakNeverMeetsIt() {
        assertThat(threshold("site-leaks>=1").holds(REPORT.sites().get(2), REPORT))
                .isFalse();
        assertThat(threshold("age>=1s").holds(REPORT.sites().get(2), REPORT)).isFalse();
    }

    @Test
    void aShareOfAnUnknownLimitIsNotMet() {
        assertThat(threshold("fds>=1%").holds(new FileDescriptors(40, -1))).isFalse();
        assertThat(threshold("fds>=40").holds(new FileDescriptors(40, -1))).isTrue();
        assertThat(threshold("fds>=0").holds(new FileDescriptors(-1, -1))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "5s, PT5S", "2m, PT2M", "1h, PT1H"})
    void readsDurations(String text, Duration duration) {
        assertThat(ShortDuration.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "5", "5 s", "-5s", "5d", "1234567890s"})
    void anythingElseIsNoDuration(String text) {
        assertThat(ShortDuration.parse(text)).isNull();
    }

    private static Threshold threshold(String text) {
        return requireNonNull(Threshold.parse(text), text);
    }
}
