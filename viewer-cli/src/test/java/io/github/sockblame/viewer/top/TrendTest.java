// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.History;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrendTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Trend trend = new Trend();

    @Test
    void beginsWithWhatTheAgentKept() {
        trend.add(report(0, 9, 4, sample(-180, 6, null), sample(-120, 7, 2), sample(-60, 8, null)));

        assertThat(trend.span(NOON)).isEqualTo(Duration.ofMinutes(3));
        assertThat(sockets(NOON, 3)).containsExactly(7, 8, 9);
        assertThat(leaked(NOON, 3)).as("unknown in one minute").containsExactly(2, null, 4);
    }

    @Test
    void goesOnWithEachReport() {
        trend.add(report(0, 1, 0));
        trend.add(report(60, 2, 1));
        trend.add(report(120, 3, 2));

        assertThat(sockets(NOON.plusSeconds(120), 2)).containsExactly(2, 3);
    }

    @Test
    void sharedSamplesAppearOnce() {
        trend.add(report(0, 5, 1, sample(0, 5, 1)));
        trend.add(report(60, 6, 1, sample(0, 5, 1), sample(30, 99, null), sample(60, 6, 1)));

        assertThat(sockets(NOON.plusSeconds(60), 2)).as("a gap is filled").containsExactly(99, 6);
    }

    @Test
    void timeWithoutReportsIsAGap() {
        trend.add(report(0, 5, 1));
        trend.add(report(1200, 6, 1));

        List<@Nullable Integer> values = sockets(NOON.plusSeconds(1200), 20);
        assertThat(values).startsWith(5).endsWith((Integer) 6);
        assertThat(values).filteredOn(value -> value == null).hasSize(18);
    }

    @Test
    void forgetsWhatIsOlderThanAnHour() {
        trend.add(report(0, 5, 1));
        trend.add(report(7200, 6, 1));

        assertThat(trend.span(NOON.plusSeconds(7200))).isEqualTo(Duration.ofMinutes(1));
        trend.clear();
        assertThat(sockets(NOON.plusSeconds(7200), 2)).containsOnlyNulls();
    }

    @Test
    void aLineIsAsHighAsItsValues() {
        assertThat(Sparkline.of(Arrays.asList(0, 1, 500, null, 1000), false)).isEqualTo("_.= #");
        assertThat(Sparkline.of(Arrays.asList(0, 8, null), true)).isEqualTo("\u2581\u2588 ");
        assertThat(Sparkline.of(Arrays.asList(0, 0), false))
                .as("nothing of nothing")
                .isEqualTo("__");
        assertThat(Sparkline.of(List.of(Integer.MAX_VALUE, 1), false)).isEqualTo("#.");
    }

    private List<@Nullable Integer> sockets(Instant until, int count) {
        return trend.values(Trend.Point::sockets, until, count);
    }

    private List<@Nullable Integer> leaked(Instant until, int count) {
        return trend.values(Trend.Point::leaked, until, count);
    }

    private static History.Sample sample(int second, int sockets, @Nullable Integer leaked) {
        return new History.Sample(NOON.plusSeconds(second), sockets, leaked, Map.of());
    }

    private static Report report(int second, int sockets, int leaked, History.Sample... history) {
        return SampleReports.quiet()
                .takenAt(NOON.plusSeconds(second))
                .totals(new Totals(sockets, sockets, 0, Map.of(), 0, null, leaked, null))
                .history(history)
                .build();
    }
}
