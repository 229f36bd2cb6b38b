// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.sockblame.report.History;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MinuteHistoryTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final MinuteHistory hour = new MinuteHistory();

    @Test
    void hasOneSampleAMinuteTheFirstThatWasSeen() {
        seen(5, 10);
        seen(59, 11);
        seen(60, 12);

        assertThat(hour.toHistory().periodSeconds()).isEqualTo(60);
        assertThat(hour.toHistory().samples())
                .extracting(
                        History.Sample::at,
                        History.Sample::sockets,
                        History.Sample::leaked,
                        History.Sample::descriptors)
                .containsExactly(tuple(NOON.plusSeconds(5), 10, null, 50L), tuple(NOON.plusSeconds(60), 12, null, 52L));
        assertThat(hour.toHistory().samples().get(1).inState(TcpState.CLOSE_WAIT))
                .isEqualTo(12);
    }

    @Test
    void reportSampleReplacesRoundSample() {
        seen(5, 10);
        judged(20, 9, 3);
        judged(40, 8, 2);
        seen(50, 7);

        assertThat(hour.toHistory().samples())
                .as("the first that was judged stands for its minute")
                .containsExactly(new History.Sample(NOON.plusSeconds(20), 9, 3, Map.of(TcpState.CLOSE_WAIT, 9), null));
        judged(61, 6, 0);
        assertThat(hour.toHistory().samples())
                .extracting(History.Sample::leaked)
                .containsExactly(3, 0);
    }

    @Test
    void minuteWithoutRoundIsAGap() {
        seen(0, 1);
        seen(Duration.ofMinutes(7).toSeconds(), 2);

        assertThat(hour.toHistory().samples())
                .extracting(History.Sample::at)
                .containsExactly(NOON, NOON.plus(Duration.ofMinutes(7)));
    }

    @Test
    void remembersAnHourAndNoMore() {
        for (int minute = 0; minute < 200; minute++) {
            seen(minute * 60L, minute);
        }
        assertThat(hour.toHistory().samples()).hasSize(History.MAX_SAMPLES);
        assertThat(hour.toHistory().samples().get(0).sockets()).isEqualTo(140);

        seen(Duration.ofMinutes(245).toSeconds(), 245);
        assertThat(hour.toHistory().samples())
                .as("by their age, whatever is missing between them")
                .extracting(History.Sample::sockets)
                .startsWith(186)
                .endsWith(199, 245);
    }

    /** Two threads tell of it, and the one that looked first may be the last to tell. */
    @Test
    void staysInTheOrderOfTime() {
        judged(61, 6, 0);
        seen(59, 5);

        assertThat(hour.toHistory().samples())
                .extracting(History.Sample::sockets)
                .containsExactly(6);
    }

    private void seen(long second, int sockets) {
        hour.recordRound(
                NOON.plusSeconds(second).toEpochMilli(), sockets, Map.of(TcpState.CLOSE_WAIT, sockets), sockets + 40L);
    }

    private void judged(long second, int sockets, int leaked) {
        hour.recordReport(
                NOON.plusSeconds(second),
                new Totals(sockets, sockets, 0, Map.of(TcpState.CLOSE_WAIT, sockets), 0, null, leaked, null),
                -1);
    }
}
