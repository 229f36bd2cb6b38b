// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import static io.github.sockblame.agent.join.JoinFixtures.NOW;
import static io.github.sockblame.agent.join.JoinFixtures.witness;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.WatchedTime;
import io.github.sockblame.agent.join.EofReader;
import io.github.sockblame.agent.join.JoinFixtures;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.ledger.SampleSocket;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgementTest {

    private static final long GRACE = 5000;
    private static final GracePeriods PATIENCE = new GracePeriods(Duration.ofMillis(GRACE), Duration.ofMinutes(15));
    private static final long MINUTE = 60_000;
    private static final Waiting WAITING = new Waiting(NOW, PATIENCE, WatchedTime.WITHOUT_PAUSE);

    @Test
    void eofWithoutCloseIsForgotten() {
        Judgement judgement = judge(JoinFixtures.closeWait(socket(eof(NOW - MINUTE), null), 0L));

        assertThat(judgement)
                .as("by the time alone")
                .isEqualTo(new Judgement(Verdict.FORGOTTEN, Confidence.PROBABLE, NOW - MINUTE));
    }

    @ParameterizedTest
    @CsvSource({
        "GONE, 1, CERTAIN",
        "UNKNOWN, 1, PROBABLE",
        "UNKNOWN, 10, CERTAIN",
        "THERE, 1, POSSIBLE",
        "THERE, 10, PROBABLE",
    })
    void theThreadThatReadTheEofDecidesHowCertainItIs(EofReader reader, long minutes, Confidence expected) {
        for (TcpState state : List.of(TcpState.CLOSE_WAIT, TcpState.CLOSE)) {
            JoinedSocket told = with(socket(eof(NOW - minutes * MINUTE), null), state, true, NOW - 10);
            told.setEofReader(reader);
            assertThat(judge(told)).isEqualTo(new Judgement(Verdict.FORGOTTEN, expected, NOW - minutes * MINUTE));
            told.setEofReader(EofReader.UNKNOWN);
        }
    }

    @Test
    void aPlaceThatClosesLateHasMorePatience() {
        PlaceCloseStats closesAfterTwoMinutes = closesAfter(2 * MINUTE);
        assertThat(SampleJudgement.of(toldFor(2 * MINUTE), WAITING, closesAfterTwoMinutes)
                        .verdict())
                .isEqualTo(Verdict.FRESH);
        assertThat(SampleJudgement.of(toldFor(2 * MINUTE + 1), WAITING, closesAfterTwoMinutes)
                        .verdict())
                .isEqualTo(Verdict.FORGOTTEN);
        assertThat(SampleJudgement.of(inCloseWaitFor(2 * MINUTE), WAITING, closesAfterTwoMinutes)
                        .verdict())
                .isEqualTo(Verdict.FRESH);
        assertThat(SampleJudgement.of(toldFor(10 * MINUTE), WAITING, closesAfter(60 * MINUTE))
                        .verdict())
                .as("an hour is no patience")
                .isEqualTo(Verdict.FORGOTTEN);
    }

    private static PlaceCloseStats closesAfter(long millis) {
        return new PlaceCloseStats(Map.of(
                Frame.of(JoinFixtures.frame("com.acme.Client.connect:41")),
                new PlaceCloseStats.ClosedHere(9, 0, 0, false, null, 0, 1, millis)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 65_536})
    void closeWaitWithoutReadIsAbandoned(long recvQ) {
        Judgement judgement = judge(JoinFixtures.closeWait(socket(null, null), recvQ));

        assertThat(judgement).isEqualTo(new Judgement(Verdict.ABANDONED, Confidence.PROBABLE, NOW - MINUTE));
    }

    @Test
    void anEmptyQueueAloneProvesNothingBeforeThePatience() {
        assertThat(judge(with(socket(null, null), TcpState.CLOSE_WAIT, true, NOW - GRACE)))
                .as("nor does an unknown one")
                .isEqualTo(new Judgement(Verdict.FIN_SWALLOWED, Confidence.POSSIBLE, NOW - GRACE));
        assertThat(judge(inCloseWaitFor(MINUTE - 1, 0)))
                .isEqualTo(new Judgement(Verdict.FIN_SWALLOWED, Confidence.POSSIBLE, NOW - MINUTE + 1));
        assertThat(judge(inCloseWaitFor(MINUTE, 0)))
                .isEqualTo(new Judgement(Verdict.ABANDONED, Confidence.PROBABLE, NOW - MINUTE));
    }

    @Test
    void aServerMayWorkForLongOnAnAnswer() {
        TrackedSocket accepted = SampleSocket.of(
                7,
                witness(NOW - 20 * MINUTE, "com.acme.Server.accept:41"),
                witness(NOW - 20 * MINUTE, "com.acme.Server.listen:1"),
                null,
                null);
        assertThat(judge(with(accepted, TcpState.CLOSE_WAIT, true, NOW - 10 * MINUTE + 1)))
                .isEqualTo(new Judgement(Verdict.ABANDONED, Confidence.POSSIBLE, NOW - 10 * MINUTE + 1));
        assertThat(judge(with(accepted, TcpState.CLOSE_WAIT, true, NOW - 10 * MINUTE)))
                .isEqualTo(new Judgement(Verdict.ABANDONED, Confidence.PROBABLE, NOW - 10 * MINUTE));
    }

    @Test
    void eofOutweighsReceiveQueue() {
        assertThat(judge(JoinFixtures.closeWait(socket(eof(NOW - MINUTE), null), 7L))
                        .verdict())
                .isEqualTo(Verdict.FORGOTTEN);
        assertThat(judge(JoinFixtures.closeWait(socket(eof(NOW - MINUTE), null), null))
                        .verdict())
                .isEqualTo(Verdict.FORGOTTEN);
    }

    @Test
    void closeRequestPreventsVerdict() {
        CapturedEvent closing = witness(NOW - 1, "com.acme.Client.close:90");

        assertThat(judge(JoinFixtures.closeWait(socket(eof(NOW - MINUTE), closing), 1L))
                        .verdict())
                .isEqualTo(Verdict.NONE);
        assertThat(judge(JoinFixtures.closeWait(socket(null, closing), 1L)).verdict())
                .isEqualTo(Verdict.NONE);
    }

    @Test
    void graceEndsToTheMillisecond() {
        assertThat(judge(inCloseWaitFor(GRACE - 1)).verdict()).isEqualTo(Verdict.FRESH);
        assertThat(judge(inCloseWaitFor(12 * GRACE - 1)).verdict())
                .as("whom nobody read may have a slow reader")
                .isEqualTo(Verdict.FRESH);
        assertThat(judge(inCloseWaitFor(12 * GRACE)).verdict()).isEqualTo(Verdict.ABANDONED);
        assertThat(judge(inCloseWaitFor(-GRACE)).verdict())
                .as("a clock that was put back")
                .isEqualTo(Verdict.FRESH);
        assertThat(SampleJudgement.of(
                                inCloseWaitFor(0),
                                new Waiting(
                                        NOW, new GracePeriods(Duration.ZERO, Duration.ZERO), WatchedTime.WITHOUT_PAUSE))
                        .verdict())
                .as("without grace")
                .isEqualTo(Verdict.ABANDONED);
    }

    @Test
    void everyLeakThatMayPassWaitsForThePatience() {
        assertThat(judge(toldFor(MINUTE - 1)).verdict()).isEqualTo(Verdict.FRESH);
        assertThat(judge(toldFor(MINUTE)).verdict()).isEqualTo(Verdict.FORGOTTEN);
        assertThat(judge(deadAfterEof(MINUTE - 1)).verdict()).isEqualTo(Verdict.FRESH);
        assertThat(judge(deadAfterEof(MINUTE)).verdict()).isEqualTo(Verdict.FORGOTTEN);
        assertThat(judge(closing(MINUTE - 1)).verdict()).isEqualTo(Verdict.NONE);
        assertThat(judge(closing(MINUTE)).verdict()).isEqualTo(Verdict.ZOMBIE);
    }

    private static JoinedSocket deadAfterEof(long millis) {
        return with(socket(eof(NOW - millis), null), TcpState.CLOSE, true, NOW - 10);
    }

    private static JoinedSocket closing(long millis) {
        CapturedEvent closing = witness(NOW - millis, "com.acme.Client.close:90");
        return with(socket(null, closing), TcpState.FIN_WAIT2, true, NOW - 10);
    }

    @Test
    void theAgeCountsFromTheEarlierOfBothSightings() {
        TrackedSocket told = socket(eof(NOW - MINUTE), null);

        assertThat(judge(with(told, TcpState.CLOSE_WAIT, true, NOW - 2 * MINUTE))
                        .sinceMillis())
                .isEqualTo(NOW - 2 * MINUTE);
        Judgement seenLate = judge(with(told, TcpState.CLOSE_WAIT, true, NOW - 1));
        assertThat(seenLate.sinceMillis()).isEqualTo(NOW - MINUTE);
        assertThat(seenLate.verdict()).isEqualTo(Verdict.FORGOTTEN);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CLOSE_WAIT", "CLOSE"})
    void inOtherStatesTheEndOfFileDatesNothing(TcpState state) {
        TrackedSocket told = socket(eof(NOW - MINUTE), null);
        Judgement judgement = judge(with(told, state, true, NOW - 10));

        assertThat(judgement.verdict()).isEqualTo(Verdict.NONE);
        assertThat(judgement.sinceMillis())
                .as("in %s, which the end of file does not date", state)
                .isEqualTo(NOW - 10);
    }

    @Test
    void nonTcpSocketIsNotJudged() {
        assertThat(judge(with(socket(eof(1), null), null, true, 0)).verdict()).isEqualTo(Verdict.NONE);
    }

    @Test
    void unstableSocketIsNotJudged() {
        assertThat(judge(with(socket(eof(1), null), TcpState.CLOSE_WAIT, false, 1))
                        .verdict())
                .isEqualTo(Verdict.NONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE_AGENT", "NOT_SEEN"})
    void anUntrackedOneIsJudgedByTheKernelAlone(Origin origin) {
        Judgement possible = new Judgement(Verdict.ABANDONED, Confidence.POSSIBLE, NOW - MINUTE);
        assertThat(judge(JoinFixtures.untracked(8, origin, 1L)))
                .as("the agent does not see whether it is written")
                .isEqualTo(possible);
        assertThat(judge(JoinFixtures.untracked(8, origin, 0L))).isEqualTo(possible);
    }

    @Test
    void oneMoreDescriptorIsJudgedUnderItsOtherNumber() {
        assertThat(judge(JoinFixtures.untracked(8, Origin.DUPLICATE, 1L)))
                .isEqualTo(new Judgement(Verdict.NONE, Confidence.CERTAIN, NOW - MINUTE));
    }

    @Test
    void deadDescriptorIsForgottenOnlyAfterEof() {
        assertThat(judge(with(socket(eof(NOW - MINUTE), null), TcpState.CLOSE, true, NOW - 10))
                        .verdict())
                .isEqualTo(Verdict.FORGOTTEN);
        assertThat(judge(with(socket(null, null), TcpState.CLOSE, true, NOW - MINUTE))
                        .verdict())
                .as("perhaps not connected yet")
                .isEqualTo(Verdict.NONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"LISTEN", "FIN_WAIT2", "CLOSE_WAIT", "CLOSE"})
    void openSocketLongAfterCloseRequestIsZombie(TcpState state) {
        CapturedEvent closing = witness(NOW - MINUTE, "com.acme.Client.close:90");
        assertThat(judge(with(socket(eof(NOW - MINUTE), closing), state, true, NOW - 10)))
                .isEqualTo(new Judgement(Verdict.ZOMBIE, Confidence.CERTAIN, NOW - MINUTE));
        assertThat(judge(with(socket(null, closing), state, false, NOW - 10)).verdict())
                .as("of two minds about whose it is")
                .isEqualTo(Verdict.NONE);
    }

    private static Judgement judge(JoinedSocket socket) {
        return SampleJudgement.of(socket, new Waiting(NOW, PATIENCE, WatchedTime.WITHOUT_PAUSE));
    }

    private static CapturedEvent eof(long millis) {
        return witness(millis, "com.acme.Client.read:88");
    }

    private static TrackedSocket socket(@Nullable CapturedEvent eof, @Nullable CapturedEvent closing) {
        return SampleSocket.of(7, witness(NOW - 2 * MINUTE, "com.acme.Client.connect:41"), null, eof, closing);
    }

    private static JoinedSocket toldFor(long millis) {
        return with(socket(eof(NOW - millis), null), TcpState.CLOSE_WAIT, true, NOW - millis);
    }

    private static JoinedSocket inCloseWaitFor(long millis) {
        return inCloseWaitFor(millis, 1);
    }

    private static JoinedSocket inCloseWaitFor(long millis, long recvQ) {
        TrackedSocket tracked = socket(null, null);
        return new JoinedSocket(
                7,
                100,
                tracked,
                true,
                Origin.OPENED,
                Protocol.TCP,
                TcpState.CLOSE_WAIT,
                JoinFixtures.row(100, TcpState.CLOSE_WAIT, recvQ),
                JoinFixtures.inStateSince(NOW - millis),
                null,
                null);
    }

    private static JoinedSocket with(TrackedSocket tracked, @Nullable TcpState state, boolean stable, long since) {
        return new JoinedSocket(
                7,
                100,
                tracked,
                stable,
                Origin.OPENED,
                Protocol.TCP,
                state,
                null,
                JoinFixtures.inStateSince(since),
                null,
                null);
    }
}
