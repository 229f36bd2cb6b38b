// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import static io.github.sockblame.agent.join.JoinFixtures.NOW;
import static io.github.sockblame.agent.join.JoinFixtures.witness;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.WatchedTime;
import io.github.sockblame.agent.join.ActiveThread;
import io.github.sockblame.agent.join.EofReader;
import io.github.sockblame.agent.join.JoinFixtures;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.join.StateTimes;
import io.github.sockblame.agent.kernel.net.TcpRow;
import io.github.sockblame.agent.ledger.SampleSocket;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each verdict on a connection that is no plain leak, and beside it what is almost the same and must not be judged so. */
class ConnectionRulesTest {

    private static final long GRACE = 5000;
    private static final GracePeriods PATIENCE = new GracePeriods(Duration.ofMillis(GRACE), Duration.ofMinutes(15));
    private static final long MINUTE = 60_000;
    private static final int NO_TIMER = 0;
    private static final int RETRANSMIT = 1;
    private static final int KEEP_ALIVE = 2;
    private static final int PROBE = 4;

    private static final ActiveThread WRITING = new ActiveThread(witness(NOW, "com.acme.Feed.push:9"), true);
    private static final ActiveThread READING = new ActiveThread(witness(NOW, "com.acme.Feed.pull:5"), false);

    private TrackedSocket tracked = JoinFixtures.opened(7);
    private Origin origin = Origin.OPENED;
    private StateTimes stateTimes = new StateTimes(NOW - MINUTE, true, 0, 0);
    private EofReader eofReader = EofReader.UNKNOWN;
    private @Nullable ActiveThread use;
    private @Nullable TcpRow row = row(0, 0, NO_TIMER, 0, 0);

    @Test
    void aThreadInsideAnOperationIsStuckInIt() {
        tracked = told(NOW - MINUTE);
        use = READING;
        assertThat(judge(TcpState.CLOSE_WAIT))
                .isEqualTo(new Judgement(Verdict.STUCK, Confidence.CERTAIN, NOW - MINUTE));
        stateTimes = JoinFixtures.inStateSince(NOW - GRACE + 1);
        tracked = JoinFixtures.opened(7);
        assertThat(verdict(TcpState.CLOSE_WAIT))
                .as("perhaps it is about to close")
                .isEqualTo(Verdict.FRESH);
    }

    @Test
    void aThreadThatUsesItOnceInAWhileIsNotStuck() {
        tracked = SampleSocket.usedAt(NOW - 1000, told(NOW - 2 * MINUTE));
        use = WRITING;
        assertThat(verdict(TcpState.CLOSE_WAIT)).isEqualTo(Verdict.HALF_CLOSED);
        tracked = SampleSocket.usedAt(NOW - MINUTE, told(NOW - 2 * MINUTE));
        assertThat(verdict(TcpState.CLOSE_WAIT)).isEqualTo(Verdict.STUCK);
        use = null;
        assertThat(verdict(TcpState.CLOSE_WAIT)).isEqualTo(Verdict.FORGOTTEN);
    }

    @Test
    void aThreadInsideAnOperationIsStuckOnlyAfterThePatience() {
        stateTimes = JoinFixtures.inStateSince(NOW - MINUTE + 1);
        use = READING;
        assertThat(verdict(TcpState.CLOSE_WAIT)).isEqualTo(Verdict.FRESH);
        stateTimes = JoinFixtures.inStateSince(NOW - MINUTE);
        assertThat(verdict(TcpState.CLOSE_WAIT)).isEqualTo(Verdict.STUCK);
    }

    @Test
    void unsentDataAfterPeerCloseIsStuckWhenItStaysTheSame() {
        row = row(1, 4000, PROBE, 0, 0);
        stateTimes = new StateTimes(NOW - 2 * MINUTE, true, NOW - MINUTE, NOW - MINUTE);
        assertThat(judge(TcpState.CLOSE_WAIT))
                .isEqualTo(new Judgement(Verdict.STUCK, Confidence.PROBABLE, NOW - 2 * MINUTE));
        use = WRITING;
        assertThat(judge(TcpState.CLOSE_WAIT).confidence()).isEqualTo(Confidence.CERTAIN);
        stateTimes = new StateTimes(NOW - 2 * MINUTE, true, NOW - MINUTE + 1, NOW - MINUTE + 1);
        assertThat(judge(TcpState.CLOSE_WAIT))
                .as("the peer took something a moment ago")
                .isEqualTo(new Judgement(Verdict.HALF_CLOSED, Confidence.POSSIBLE, NOW - 2 * MINUTE));
        use = null;
        row = row(1, 0, PROBE, 0, 0);
        assertThat(verdict(TcpState.CLOSE_WAIT)).isEqualTo(Verdict.ABANDONED);
    }

    @Test
    void aPeerThatAcknowledgesNothingAfterItsFinIsSilent() {
        row = row(1, 4000, RETRANSMIT, 3, 0);
        assertThat(verdict(TcpState.CLOSE_WAIT)).isEqualTo(Verdict.PEER_SILENT);
    }

    @Test
    void aWriterBeforeAClosedWindowIsStuck() {
        row = row(0, 4000, PROBE, 0, 1);
        stateTimes =
                new StateTimes(NOW - MINUTE, true, NOW - PATIENCE.patienceMillis(), NOW - PATIENCE.patienceMillis());
        use = WRITING;
        assertThat(judge(TcpState.ESTABLISHED))
                .isEqualTo(new Judgement(Verdict.STUCK, Confidence.CERTAIN, NOW - PATIENCE.patienceMillis()));
        use = null;
        assertThat(judge(TcpState.ESTABLISHED).confidence())
                .as("the window alone")
                .isEqualTo(Confidence.PROBABLE);
    }

    @Test
    void aSlowConsumerIsNotStuck() {
        row = row(0, 4000, PROBE, 0, 0);
        stateTimes = new StateTimes(
                NOW - MINUTE, true, NOW - PATIENCE.patienceMillis() + 1, NOW - PATIENCE.patienceMillis() + 1);
        use = WRITING;
        assertThat(verdict(TcpState.ESTABLISHED))
                .as("it took something a moment ago")
                .isEqualTo(Verdict.NONE);
        row = row(0, 4000, RETRANSMIT, 0, 0);
        stateTimes = new StateTimes(NOW - MINUTE, true, NOW - MINUTE, NOW - MINUTE);
        use = null;
        assertThat(verdict(TcpState.ESTABLISHED)).as("the window is open").isEqualTo(Verdict.NONE);
        use = READING;
        assertThat(verdict(TcpState.ESTABLISHED))
                .as("and nobody waits to write")
                .isEqualTo(Verdict.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 3, 0, PEER_SILENT",
        "1, 2, 0, NONE",
        "2, 0, 2, PEER_SILENT",
        "2, 0, 1, NONE",
        "4, 0, 2, PEER_SILENT",
        "0, 3, 0, NONE"
    })
    void aPeerThatAnswersNothingIsSilent(int timer, int retransmits, int probes, Verdict expected) {
        row = row(0, timer == KEEP_ALIVE ? 0 : 100, timer, retransmits, probes);
        stateTimes = new StateTimes(NOW - MINUTE, true, NOW - 1000, NOW - 1000);
        assertThat(verdict(TcpState.ESTABLISHED)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"FIN_WAIT1", "CLOSING", "LAST_ACK"})
    void norNeedItAnswerOurFin(TcpState state) {
        row = row(0, 1, RETRANSMIT, 5, 0);
        assertThat(verdict(state)).isEqualTo(Verdict.PEER_SILENT);
        row = row(0, 1, RETRANSMIT, 0, 0);
        assertThat(verdict(state)).isEqualTo(Verdict.NONE);
        row = null;
        assertThat(verdict(state)).isEqualTo(Verdict.NONE);
    }

    @Test
    void useAfterPeerCloseIsHalfClosed() {
        tracked = told(NOW - MINUTE);
        tracked = SampleSocket.usedAt(NOW - 1000, tracked);
        assertThat(judge(TcpState.CLOSE_WAIT))
                .isEqualTo(new Judgement(Verdict.HALF_CLOSED, Confidence.CERTAIN, NOW - MINUTE));
    }

    @Test
    void endedUseIsForgottenOrAbandoned() {
        stateTimes = new StateTimes(NOW - 3 * MINUTE, true, 0, 0);
        tracked = told(NOW - 3 * MINUTE);
        tracked = SampleSocket.usedAt(NOW - PATIENCE.patienceMillis(), tracked);
        assertThat(judge(TcpState.CLOSE_WAIT))
                .isEqualTo(new Judgement(Verdict.FORGOTTEN, Confidence.PROBABLE, NOW - 3 * MINUTE));
        tracked = JoinFixtures.opened(7);
        row = row(9, 0, NO_TIMER, 0, 0);
        tracked = SampleSocket.usedAt(NOW - PATIENCE.patienceMillis(), tracked);
        assertThat(verdict(TcpState.CLOSE_WAIT)).isEqualTo(Verdict.ABANDONED);
        tracked = SampleSocket.usedAt(NOW - 1, tracked);
        assertThat(verdict(TcpState.CLOSE_WAIT)).as("a slow reader").isEqualTo(Verdict.HALF_CLOSED);
    }

    @Test
    void useBeforeEofKeepsForgotten() {
        tracked = told(NOW - MINUTE);
        tracked = SampleSocket.usedAt(NOW - MINUTE, tracked);
        assertThat(judge(TcpState.CLOSE_WAIT).verdict()).isEqualTo(Verdict.FORGOTTEN);
        eofReader = EofReader.GONE;
        assertThat(judge(TcpState.CLOSE_WAIT).confidence()).isEqualTo(Confidence.CERTAIN);
    }

    @Test
    void aDeadDescriptorHadAConnection() {
        row = null;
        assertThat(judge(TcpState.CLOSE)).isEqualTo(new Judgement(Verdict.DEAD_FD, Confidence.PROBABLE, NOW - MINUTE));
        stateTimes = new StateTimes(NOW - MINUTE, false, 0, 0);
        assertThat(verdict(TcpState.CLOSE)).as("never connected").isEqualTo(Verdict.NONE);
        origin = Origin.ACCEPTED;
        assertThat(verdict(TcpState.CLOSE)).isEqualTo(Verdict.DEAD_FD);
        stateTimes = new StateTimes(NOW - MINUTE + 1, true, 0, 0);
        assertThat(verdict(TcpState.CLOSE)).as("about to be closed").isEqualTo(Verdict.NONE);
    }

    @ParameterizedTest
    @CsvSource({"SYN_SENT, CONNECTING", "FIN_WAIT2, HALF_CLOSED"})
    void longHandshakeOrCloseHasVerdict(TcpState state, Verdict expected) {
        assertThat(verdict(state)).isEqualTo(expected);
        stateTimes = JoinFixtures.inStateSince(NOW - GRACE + 1);
        assertThat(verdict(state)).isEqualTo(Verdict.NONE);
    }

    @Test
    void nothingForLongIsIdle() {
        stateTimes = new StateTimes(NOW - 60 * MINUTE, true, 0, NOW - 15 * MINUTE);
        assertThat(judge(TcpState.ESTABLISHED))
                .isEqualTo(new Judgement(Verdict.IDLE, Confidence.POSSIBLE, NOW - 15 * MINUTE));
        stateTimes = new StateTimes(NOW - 60 * MINUTE, true, 0, NOW - 15 * MINUTE + 1);
        assertThat(verdict(TcpState.ESTABLISHED)).isEqualTo(Verdict.NONE);
        stateTimes = new StateTimes(NOW - 60 * MINUTE, true, 0, 0);
        assertThat(verdict(TcpState.ESTABLISHED)).as("of which no row was read").isEqualTo(Verdict.NONE);
    }

    private Verdict verdict(TcpState state) {
        return judge(state).verdict();
    }

    private Judgement judge(TcpState state) {
        JoinedSocket socket =
                new JoinedSocket(7, 100, tracked, true, origin, Protocol.TCP, state, row, stateTimes, use, null);
        socket.setEofReader(eofReader);
        return SampleJudgement.of(socket, new Waiting(NOW, PATIENCE, WatchedTime.WITHOUT_PAUSE));
    }

    private static TrackedSocket told(long millis) {
        CapturedEvent told = witness(millis, "com.acme.Feed.read:4");
        return SampleSocket.of(7, witness(NOW - 5 * MINUTE, "com.acme.Feed.open:1"), null, told, null);
    }

    private static TcpRow row(long recvQ, long sendQ, int timer, long retransmits, long probes) {
        return new TcpRow(
                100,
                TcpState.ESTABLISHED,
                new Endpoint("10.0.0.1", 40_000),
                new Endpoint("10.2.3.4", 443),
                recvQ,
                sendQ,
                timer,
                retransmits,
                probes,
                0);
    }
}
