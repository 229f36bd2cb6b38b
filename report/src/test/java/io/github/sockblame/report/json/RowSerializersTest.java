// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What is written by hand is what Jackson writes by itself. */
class RowSerializersTest {

    private final JsonMapper plain = JsonMapper.builder().build();
    private final JsonMapper byHand =
            JsonMapper.builder().addModule(RowSerializers.module()).build();
    private final InstantText times = new InstantText();

    @Test
    void everyComponentInItsOrder() {
        assertThat(byHand.writeValueAsString(SampleReports.rich()))
                .isEqualTo(plain.writeValueAsString(SampleReports.rich()));
    }

    @Test
    void everyComponentOfASocketThatHasThemAll() {
        Event event = new Event(Instant.ofEpochMilli(1_700_000_000_123L), "http \"1\"\n", 3);
        Endpoint endpoint = new Endpoint("2001:db8::1", 443);
        Socket socket = Socket.builder()
                .fd(7)
                .inode(4_294_967_296L)
                .protocol(Protocol.TCP)
                .state(TcpState.CLOSE_WAIT)
                .local(endpoint)
                .remote(endpoint)
                .recvQ(1L)
                .sendQ(4_294_967_297L)
                .origin(Origin.ACCEPTED)
                .opened(event)
                .listenerOpened(event)
                .eof(event)
                .closeNotify(event)
                .closing(event)
                .current(event)
                .lastUsedAt(Instant.EPOCH)
                .lastUse(event)
                .stateSince(Instant.EPOCH)
                .verdict(Verdict.FORGOTTEN)
                .confidence(Confidence.CERTAIN)
                .site(12)
                .weight(4)
                .build();

        assertThat(byHand.writeValueAsString(socket))
                .isEqualTo(plain.writeValueAsString(socket))
                .doesNotContain("null");
    }

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
        }
    }
}
