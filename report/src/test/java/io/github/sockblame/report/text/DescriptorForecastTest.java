// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.History;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.Totals;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When the descriptors are used up. */
class DescriptorForecastTest {

    @Test
    void steadyGrowthIsContinued() {
        History.Sample[] samples = new History.Sample[9];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = sample(60 * (samples.length - i), 400 - 5L * (samples.length - i));
        }
        Report report = SampleReports.quiet()
                .fileDescriptors(new FileDescriptors(400, 1000))
                .history(samples)
                .build();

        assertThat(DescriptorForecast.of(report))
                .isEqualTo(new DescriptorForecast(Duration.ofHours(2), Duration.ofMinutes(9)));
        assertThat(LeaksText.of(report))
                .contains("fds 400 of 1,000 (40 %), full in 2h00m at the rate of the last 9m00s\n");
    }

    @Test
    void twoFiguresAMinuteApartAreEnough() {
        assertThat(of(400, sample(60, 390))).isEqualTo(new DescriptorForecast(Duration.ofHours(1), minutes(1)));
        assertThat(of(400, sample(59, 390))).isNull();
    }

    @Test
    void aLeakThatBeganLatelyIsNotMeasuredByTheHourBefore() {
        DescriptorForecast forecast = of(500, sample(3000, 100), sample(601, 100), sample(600, 400), sample(300, 450));

        assertThat(forecast).isEqualTo(new DescriptorForecast(Duration.ofMinutes(50), minutes(10)));
    }

    @Test
    void fullTableIsFullNow() {
        assertThat(of(1000, sample(60, 900))).isEqualTo(new DescriptorForecast(Duration.ZERO, minutes(1)));
    }

    @Test
    void noGrowthIsNoForecast() {
        assertThat(of(400, sample(120, 400), sample(60, 400))).isNull();
        assertThat(of(400, sample(120, 420), sample(60, 410))).isNull();
        assertThat(of(400, sample(60, 399))).as("one more").isNull();
        assertThat(of(400)).isNull();
    }

    @Test
    void comingAndGoingIsNoForecast() {
        assertThat(of(
                        410,
                        sample(360, 400),
                        sample(300, 430),
                        sample(240, 395),
                        sample(180, 425),
                        sample(120, 390),
                        sample(60, 430)))
                .isNull();
    }

    @Test
    void growthAboveTheComingAndGoingIsContinued() {
        assertThat(of(
                        470,
                        sample(360, 400),
                        sample(300, 415),
                        sample(240, 420),
                        sample(180, 440),
                        sample(120, 445),
                        sample(60, 462)))
                .isNotNull();
    }

    @Test
    void farFutureIsNoForecast() {
        Report report = SampleReports.quiet()
                .fileDescriptors(new FileDescriptors(100, 1 << 20))
                .history(sample(60, 90))
                .build();

        assertThat(DescriptorForecast.of(report)).isNull();
    }

    @Test
    void unknownFiguresAreNoForecast() {
        for (FileDescriptors fds :
                new FileDescriptors[] {new FileDescriptors(-1, 1000), new FileDescriptors(400, -1)}) {
            assertThat(DescriptorForecast.of(SampleReports.quiet()
                            .fileDescriptors(fds)
                            .history(sample(60, 300))
                            .build()))
                    .isNull();
        }
        assertThat(DescriptorForecast.of(
                        SampleReports.quiet().build().toBuilder().history(null).build()))
                .isNull();
    }

    @Test
    void socketsStandForDescriptorsThatAnOlderAgentDidNotCount() {
        Report report = SampleReports.quiet()
                .fileDescriptors(new FileDescriptors(400, 1000))
                .totals(new Totals(300, 300, 0, Map.of(), 300, null, 0, null))
                .history(new History.Sample(SampleReports.NOW.minusSeconds(60), 290, null, Map.of()))
                .build();

        assertThat(DescriptorForecast.of(report)).isEqualTo(new DescriptorForecast(Duration.ofHours(1), minutes(1)));
    }

    private static @Nullable DescriptorForecast of(long open, History.Sample... samples) {
        return DescriptorForecast.of(SampleReports.quiet()
                .fileDescriptors(new FileDescriptors(open, 1000))
                .history(samples)
                .build());
    }

    private static History.Sample sample(int secondsAgo, long descriptors) {
        return new History.Sample(SampleReports.NOW.minusSeconds(secondsAgo), 7, null, Map.of(), descriptors);
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }
}
