// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import static io.github.sockblame.agent.join.JoinFixtures.NOW;
import static io.github.sockblame.agent.join.JoinFixtures.stack;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.SampleEvent;
import io.github.sockblame.agent.diagnosis.SampleInput;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.join.StateTimes;
import io.github.sockblame.agent.kernel.net.TcpRow;
import io.github.sockblame.agent.ledger.SampleSocket;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RelayRuleTest {

    private static final long ENDED = NOW - 90_000;
    private static final Endpoint CLIENT = new Endpoint("10.7.7.7", 50_000);
    private static final Endpoint HERE = new Endpoint("10.0.0.1", 8080);
    private static final Endpoint SERVER = new Endpoint("10.2.3.4", 443);
    private static final Endpoint TO_SERVER = new Endpoint("10.0.0.1", 40_000);

    private final JoinedSocket client = joined(
            7,
            event("acceptor", NOW - 300_000, "com.acme.Relay.accept:1"),
            event("pump", ENDED, "com.acme.Relay.pump:9"),
            TcpState.CLOSE_WAIT,
            HERE,
            CLIENT,
            new StateTimes(ENDED, true, 0, ENDED));

    @Test
    void aHalfWhoseEndWasPassedOnIsHalfClosed() {
        assertThat(verdict(server("handler", NOW - 299_000, TcpState.FIN_WAIT2, ENDED + 900)))
                .isEqualTo(Verdict.HALF_CLOSED);
        assertThat(verdict(server("handler", NOW - 299_000, TcpState.FIN_WAIT2, ENDED + 9000)))
                .as("it ended for another reason")
                .isEqualTo(Verdict.FORGOTTEN);
        assertThat(verdict(server("handler", NOW - 299_000, TcpState.FIN_WAIT2, ENDED - 1)))
                .as("and before")
                .isEqualTo(Verdict.FORGOTTEN);
    }

    @Test
    void theOtherEndOfTheSameConnectionIsNoOtherHalf() {
        JoinedSocket peer = joined(
                8,
                event("server", NOW - 300_000, "com.acme.Server.accept:1"),
                null,
                TcpState.FIN_WAIT2,
                CLIENT,
                HERE,
                new StateTimes(ENDED + 900, true, 0, 0));
        assertThat(verdict(peer)).isEqualTo(Verdict.FORGOTTEN);
    }

    @Test
    void norIsTheOtherEndOfASiblingOfTheSameCode() {
        Endpoint sibling = new Endpoint("10.0.0.1", 8081);
        JoinedSocket peer = joined(
                8,
                event("server", NOW - 300_000, "com.acme.Server.accept:1"),
                null,
                TcpState.FIN_WAIT2,
                CLIENT,
                sibling,
                new StateTimes(ENDED + 900, true, 0, 0));
        assertThat(verdict(peer)).as("of a connection elsewhere").isEqualTo(Verdict.HALF_CLOSED);
        JoinedSocket same = joined(
                9,
                event("acceptor", NOW - 300_000, "com.acme.Relay.accept:1"),
                null,
                TcpState.CLOSE_WAIT,
                sibling,
                CLIENT,
                new StateTimes(ENDED, true, 0, 0));
        assertThat(SampleInput.of(List.of(client, peer, same))
                        .diagnose()
                        .sockets()
                        .get(0)
                        .verdict())
                .isEqualTo(Verdict.FORGOTTEN);
    }

    @Test
    void aHalfWhoseThreadHoldsABusyOneIsHalfClosed() {
        assertThat(verdict(server("pump", NOW - 299_000, TcpState.ESTABLISHED, NOW - 1000)))
                .isEqualTo(Verdict.HALF_CLOSED);
        assertThat(verdict(server("pump", NOW - 299_000, TcpState.ESTABLISHED, NOW - 60_000)))
                .as("that moves nothing")
                .isEqualTo(Verdict.FORGOTTEN);
        assertThat(verdict(server("other", NOW - 299_000, TcpState.ESTABLISHED, NOW - 1000)))
                .as("of another thread")
                .isEqualTo(Verdict.FORGOTTEN);
        assertThat(verdict(server("pump", NOW - 301_000, TcpState.ESTABLISHED, NOW - 1000)))
                .as("from before the client came")
                .isEqualTo(Verdict.FORGOTTEN);
    }

    private Verdict verdict(JoinedSocket other) {
        List<Socket> sockets = SampleInput.of(List.of(client, other)).diagnose().sockets();
        return sockets.get(0).verdict();
    }

    /** Quiet, or in its state, since this time. */
    private static JoinedSocket server(String thread, long opened, TcpState state, long since) {
        return joined(
                8,
                event(thread, opened, "com.acme.Relay.connect:3"),
                null,
                state,
                TO_SERVER,
                SERVER,
                new StateTimes(since, true, 0, since));
    }

    private static CapturedEvent event(String thread, long millis, String frame) {
        return SampleEvent.of(stack(frame), thread, 1, millis);
    }

    private static JoinedSocket joined(
            int fd,
            CapturedEvent opened,
            @Nullable CapturedEvent eof,
            TcpState state,
            Endpoint local,
            Endpoint remote,
            StateTimes stateTimes) {
        boolean accepted = local.equals(HERE);
        return new JoinedSocket(
                fd,
                1000L + fd,
                SampleSocket.of(fd, opened, accepted ? opened : null, eof, null),
                true,
                accepted ? Origin.ACCEPTED : Origin.OPENED,
                Protocol.TCP,
                state,
                new TcpRow(1000L + fd, state, local, remote, 0, 0, 0, 0, 0, 0),
                stateTimes,
                null,
                null);
    }
}
