// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import static io.github.sockblame.agent.join.JoinFixtures.NOW;
import static io.github.sockblame.agent.join.JoinFixtures.closeWait;
import static io.github.sockblame.agent.join.JoinFixtures.eof;
import static io.github.sockblame.agent.join.JoinFixtures.inState;
import static io.github.sockblame.agent.join.JoinFixtures.opened;
import static io.github.sockblame.agent.join.JoinFixtures.socket;
import static io.github.sockblame.agent.join.JoinFixtures.untracked;
import static io.github.sockblame.agent.join.JoinFixtures.witness;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.join.ActiveThread;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.ledger.SampleSocket;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

    private final List<JoinedSocket> sockets = new ArrayList<>();

    @Test
    void aSiteIsAsSureAsTheLeastSureOfIt() {
        forgotten(7, "com.acme.Pay.connect:41");
        sockets.add(closeWait(SampleSocket.usedAt(NOW - 49_999, socket(8, eof(), "com.acme.Pay.connect:41")), 0L));
        Diagnosis diagnosis =
                SampleInput.of(sockets).grace(Duration.ofSeconds(1)).diagnose();

        assertThat(diagnosis.sites()).hasSize(1);
        assertThat(diagnosis.sites().get(0).confidence()).isEqualTo(Confidence.PROBABLE);
        assertThat(diagnosis.sites().get(0).evidence())
                .anyMatch(line -> line.endsWith("; the last read or write was 49s ago"));
    }

    @Test
    void stuckThreadIsReported() {
        JoinedSocket waiting = closeWait(socket(7, eof(), "com.acme.Pay.connect:41"), 0L);
        ActiveThread use = new ActiveThread(witness(NOW, "sun.nio.ch.Net.poll:1", "com.acme.Pay.answer:90"), true);
        sockets.add(new JoinedSocket(
                7,
                1007,
                waiting.tracked(),
                true,
                Origin.OPENED,
                Protocol.TCP,
                waiting.state(),
                waiting.row(),
                waiting.history(),
                use,
                null));
        Diagnosis diagnosis = diagnose();

        assertThat(diagnosis.sites()).extracting(Site::verdict).containsExactly(Verdict.STUCK);
        assertThat(culprit(diagnosis, requireNonNull(diagnosis.sites().get(0).current())))
                .contains("com.acme.Pay.answer");
        assertThat(requireNonNull(diagnosis.sockets().get(0).current()).thread())
                .isEqualTo("main");
        assertThat(diagnosis.totals().leaked()).isZero();
    }

    @Test
    void totalsAddUp() {
        forgotten(7, "com.acme.Pay.connect:41");
        sockets.add(inState(opened(8), TcpState.ESTABLISHED));
        sockets.add(inState(opened(9), TcpState.CLOSE));
        sockets.add(inState(opened(10), null));
        sockets.add(untracked(11, Origin.NOT_SEEN, 0L));
        sockets.add(untracked(12, Origin.BEFORE_AGENT, 1L));
        sockets.add(untracked(13, Origin.DUPLICATE, 1L));
        Totals totals = diagnose().totals();

        assertThat(totals.sockets()).isEqualTo(7);
        assertThat(totals.tracked()).isEqualTo(4);
        assertThat(totals.untracked()).isEqualTo(3);
        assertThat(totals.untrackedDetail())
                .as("a duplicate is in CLOSE_WAIT under its other number")
                .isEqualTo(new Totals.UntrackedDetail(
                        Map.of(Origin.NOT_SEEN, 1, Origin.BEFORE_AGENT, 1, Origin.DUPLICATE, 1), 2));
        assertThat(totals.notTcp()).isEqualTo(1);
        assertThat(totals.byProtocol()).isEqualTo(Map.of(Protocol.TCP, 6, Protocol.UNIX, 1));
        assertThat(totals.inState(TcpState.CLOSE_WAIT)).isEqualTo(4);
        assertThat(totals.byState().values().stream().mapToInt(n -> n).sum() + totals.notTcp())
                .isEqualTo(totals.sockets());
        assertThat(totals.leaked())
                .as("forgotten; those that are only possible do not count")
                .isEqualTo(1);
    }

    @Test
    void stacksBeginBelowTheAgent() {
        forgotten(
                7,
                "io.github.sockblame.agent.capture.CapturedEvent.here:1",
                "io.github.sockblame.probe.SocketProbe.opened:2",
                "java.net.Socket.connect:3",
                "com.acme.Pay.connect:41",
                "io.github.sockblame.agent.capture.CapturedEvent.here:1");
        Diagnosis diagnosis = diagnose();
        List<Frame> frames = diagnosis.stacks().get(0).frames();

        assertThat(frames).extracting(Frame::className).first().isEqualTo("java.net.Socket");
        assertThat(frames).as("only those on top are the hook's").hasSize(3);
        assertThat(diagnosis.stacks().get(0).culprit()).isEqualTo(1);
    }

    private static String culprit(Diagnosis diagnosis, Site.Place place) {
        return requireNonNull(diagnosis.stacks().get(place.stack()).culpritFrame())
                .text();
    }

    private void forgotten(int fd, String... openingStack) {
        sockets.add(closeWait(socket(fd, eof(), openingStack), 0L));
    }

    private Diagnosis diagnose() {
        return SampleInput.of(sockets).diagnose();
    }
}
