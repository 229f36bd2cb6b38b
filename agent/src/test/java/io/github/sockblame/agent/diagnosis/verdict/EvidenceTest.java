// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Event;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.SampleSocket;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvidenceTest {

    @Test
    void forgottenRestsOnTheRead() {
        Socket told = socket(0L, Origin.OPENED, new Event(Instant.EPOCH, "main", 0), null);

        assertThat(Evidence.of(Verdict.FORGOTTEN, List.of(told), Instant.EPOCH))
                .singleElement()
                .asString()
                .contains("read returned -1");
    }

    @Test
    void forgottenTlsEvidenceReportsUnreadFin() {
        Event told = new Event(Instant.EPOCH, "main", 0);
        Socket unread = socket(1L, Origin.OPENED, null, told);
        Socket gone = socket(null, Origin.OPENED, null, told);

        assertThat(forgotten(unread)).contains("on 1 at the TLS close_notify, the FIN still unread, no close");
        assertThat(forgotten(gone)).contains("on 1 at the TLS close_notify, no close");
        assertThat(forgotten(gone, unread)).contains("on 2 at the TLS close_notify, no close");
        assertThat(forgotten(socket(0L, Origin.OPENED, told, told), unread))
                .contains("on 1 at the TLS close_notify, the FIN still unread");
        assertThat(forgotten(socket(0L, Origin.OPENED, told, null))).doesNotContain("TLS");
    }

    @Test
    void abandonedRestsOnTheQueue() {
        assertThat(abandoned(1L, 1L)).contains("Recv-Q 1 is the FIN itself").contains("no read was tried");
        assertThat(abandoned(2L, 700L)).contains("data that the program has not read");
        assertThat(abandoned(1L, 700L, 900L)).contains("on 2 of them also unread data");
    }

    @Test
    void swallowedEvidenceReportsUnreadQueues() {
        assertThat(swallowed(socket(0L))).contains("the receive queue is empty and no read was seen to return -1");
        assertThat(swallowed(socket(null)))
                .contains("Recv-Q could not be read and no read was seen to return -1")
                .doesNotContain("empty");
        assertThat(swallowed(socket(0L), socket(null)))
                .contains("Recv-Q could not be read of 1 of them")
                .doesNotContain("empty");
        assertThat(swallowed(socket(0L, Origin.BEFORE_AGENT)))
                .contains("the receive queue is empty; the agent cannot see a read of -1");
    }

    @Test
    void evidenceNamesOriginOfUntrackedConnections() {
        assertThat(Evidence.of(Verdict.FRESH, List.of(socket(1L)), Instant.EPOCH))
                .isEmpty();
        assertThat(Evidence.of(Verdict.FRESH, List.of(socket(1L, Origin.BEFORE_AGENT)), Instant.EPOCH))
                .singleElement()
                .asString()
                .startsWith("opened before the agent started");
        for (Origin late : List.of(Origin.ADOPTED, Origin.BEFORE_HOOKS)) {
            assertThat(Evidence.of(Verdict.FRESH, List.of(socket(1L, late)), Instant.EPOCH))
                    .singleElement()
                    .asString()
                    .startsWith("opened before the agent's hooks were in place");
        }
        assertThat(Evidence.of(Verdict.FRESH, List.of(socket(1L, Origin.NOT_SEEN)), Instant.EPOCH))
                .singleElement()
                .asString()
                .startsWith("opened by native code");
    }

    @Test
    void evidenceCountsBothOriginsOfUntrackedConnections() {
        List<Socket> mixed =
                List.of(socket(1L, Origin.BEFORE_AGENT), socket(1L, Origin.NOT_SEEN), socket(1L, Origin.NOT_SEEN));

        assertThat(Evidence.of(Verdict.FRESH, mixed, Instant.EPOCH))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("1 of them opened before the agent"))
                .anyMatch(line -> line.startsWith("2 of them opened by native code"));
    }

    @Test
    void evidenceCountsLastUsesAndLaterUses() {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        Event use = new Event(now.minusSeconds(70), "main", 0);
        Socket known = SampleSocket.tcp(7, TcpState.CLOSE_WAIT)
                .lastUse(use)
                .lastUsedAt(use.at())
                .build();
        Socket usedAgain = SampleSocket.tcp(8, TcpState.CLOSE_WAIT)
                .lastUse(new Event(now.minusSeconds(80), "main", 0))
                .lastUsedAt(now.minusSeconds(75))
                .build();

        assertThat(Evidence.of(Verdict.STALE, List.of(known, socket(1L)), now))
                .endsWith("evidence: the last use was recorded for 1 of 2, the latest" + " 1m10s ago");
        assertThat(Evidence.of(Verdict.STALE, List.of(usedAgain, known), now))
                .endsWith("evidence: the last use was recorded for 2 of 2, the latest"
                        + " 1m10s ago; 1 were used again by a thread that was not seen");
    }

    private static String abandoned(long... recvQs) {
        List<Socket> sockets =
                Arrays.stream(recvQs).mapToObj(EvidenceTest::socket).toList();
        return Evidence.of(Verdict.ABANDONED, sockets, Instant.EPOCH).get(0);
    }

    private static String forgotten(Socket... sockets) {
        return Evidence.of(Verdict.FORGOTTEN, List.of(sockets), Instant.EPOCH).get(0);
    }

    private static String swallowed(Socket... sockets) {
        return Evidence.of(Verdict.FIN_SWALLOWED, List.of(sockets), Instant.EPOCH)
                .get(0);
    }

    private static Socket socket(@Nullable Long recvQ) {
        return socket(recvQ, Origin.OPENED);
    }

    private static Socket socket(@Nullable Long recvQ, Origin origin) {
        return socket(recvQ, origin, null, null);
    }

    private static Socket socket(
            @Nullable Long recvQ, Origin origin, @Nullable Event eof, @Nullable Event closeNotify) {
        return SampleSocket.tcp(7, TcpState.CLOSE_WAIT)
                .queues(recvQ, recvQ == null ? null : 0L)
                .origin(origin)
                .eof(eof)
                .closeNotify(closeNotify)
                .build();
    }
}
