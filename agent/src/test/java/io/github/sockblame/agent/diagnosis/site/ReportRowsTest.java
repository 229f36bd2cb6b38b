// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import static io.github.sockblame.agent.join.JoinFixtures.NOW;
import static io.github.sockblame.agent.join.JoinFixtures.closeWait;
import static io.github.sockblame.agent.join.JoinFixtures.inState;
import static io.github.sockblame.agent.join.JoinFixtures.opened;
import static io.github.sockblame.agent.join.JoinFixtures.udp;
import static io.github.sockblame.agent.join.JoinFixtures.witness;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.StackCapturer;
import io.github.sockblame.agent.capture.StackInterner;
import io.github.sockblame.agent.diagnosis.Diagnosis;
import io.github.sockblame.agent.diagnosis.SampleInput;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.ledger.SampleSocket;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportRowsTest {

    private final List<JoinedSocket> sockets = new ArrayList<>();

    @Test
    void socketWithoutStateHasNoStateTime() {
        sockets.add(inState(opened(7), null));

        assertThat(diagnose().sockets().get(0).stateSince()).isNull();
    }

    @Test
    void theStateHasItsOwnTimeWhateverTheVerdict() {
        JoinedSocket closing = closeWait(
                SampleSocket.of(7, witness(NOW - 300_000, "a.B.c:1"), null, null, witness(NOW - 200_000, "a.B.d:1")),
                1L);
        sockets.add(closing);
        Diagnosis diagnosis = diagnose();

        assertThat(diagnosis.sites().get(0).verdict()).isEqualTo(Verdict.ZOMBIE);
        assertThat(diagnosis.sites().get(0).oldestSince()).isEqualTo(Instant.ofEpochMilli(NOW - 200_000));
        assertThat(diagnosis.sockets().get(0).stateSince()).isEqualTo(Instant.ofEpochMilli(NOW - 60_000));
    }

    @Test
    void socketReportsAllEvents() {
        sockets.add(closeWait(
                SampleSocket.of(
                        7,
                        witness(1, "com.acme.Server.accept:1"),
                        witness(2, "com.acme.Server.bind:2"),
                        witness(3, "com.acme.Server.read:3"),
                        witness(4, "com.acme.Server.close:4")),
                9L));
        Diagnosis diagnosis = diagnose();
        Socket socket = diagnosis.sockets().get(0);

        assertThat(List.of(
                        requireNonNull(socket.opened()),
                        requireNonNull(socket.listenerOpened()),
                        requireNonNull(socket.eof()),
                        requireNonNull(socket.closing())))
                .extracting(event ->
                        diagnosis.stacks().get(event.stack()).frames().get(0).method())
                .containsExactly("accept", "bind", "read", "close");
        assertThat(socket.recvQ()).isEqualTo(9);
        assertThat(socket.inode()).isEqualTo(1007);
        assertThat(socket.origin()).isEqualTo(Origin.ACCEPTED);
        assertThat(socket.verdict()).isEqualTo(Verdict.ZOMBIE);
    }

    @Test
    void aUdpSocketTellsItsAddressesAndQueues() {
        Endpoint any = new Endpoint("0.0.0.0", 0);
        sockets.add(udp(7, any));
        Diagnosis diagnosis = diagnose();
        Socket socket = diagnosis.sockets().get(0);

        assertThat(socket.protocol()).isEqualTo(Protocol.UDP);
        assertThat(socket.state()).isNull();
        assertThat(socket.local()).isEqualTo(new Endpoint("10.0.0.1", 5353));
        assertThat(socket.remote()).isEqualTo(any);
        assertThat(socket.recvQ()).isEqualTo(832);
        assertThat(socket.sendQ()).isZero();
        assertThat(diagnosis.totals().byProtocol()).isEqualTo(Map.of(Protocol.UDP, 1));
    }

    @Test
    void stackThatLosesItsFramesAfterTheDiagnosisIsStillTheOneOfTheReport() {
        CapturedEvent unresolved = new StackCapturer(StackCapturer.UNLIMITED).capture(null);
        sockets.add(closeWait(SampleSocket.of(7, unresolved, null, null, null), 9L));
        Diagnosis diagnosis = diagnose();
        int stacks = diagnosis.stacks().size();
        StackInterner full = new StackInterner();
        full.setLimit(1, frames -> new BitSet());
        unresolved.resolve(full);
        Event opened = requireNonNull(diagnosis.sockets().get(0).opened());

        assertThat(unresolved.stack().isCaptured()).isFalse();
        assertThat(diagnosis.stacks().get(opened.stack()).frames()).isNotEmpty();
        assertThat(diagnosis.stacks()).hasSize(stacks);
    }

    private Diagnosis diagnose() {
        return SampleInput.of(sockets).diagnose();
    }
}
