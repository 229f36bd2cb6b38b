// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import static io.github.sockblame.agent.join.JoinFixtures.NOW;
import static io.github.sockblame.agent.join.JoinFixtures.frame;
import static io.github.sockblame.agent.join.JoinFixtures.stack;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.SampleEvent;
import io.github.sockblame.agent.capture.WatchedTime;
import io.github.sockblame.agent.culprit.CulpritFinders;
import io.github.sockblame.agent.diagnosis.Diagnosis;
import io.github.sockblame.agent.diagnosis.SampleInput;
import io.github.sockblame.agent.join.ConnectOutcome;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.join.ListenerReport;
import io.github.sockblame.agent.join.RowlessFigures;
import io.github.sockblame.agent.join.StateTimes;
import io.github.sockblame.agent.kernel.net.TcpRow;
import io.github.sockblame.agent.ledger.SampleSocket;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each rule that separates a connection at rest in its pool from one that was not given back, and beside it a near miss. */
class PoolRuleTest {

    private static final long MINUTE = 60_000;
    private static final Endpoint SERVER = new Endpoint("10.2.3.4", 443);
    private static final String[] POOLED = {
        "java.net.Socket.connect:1", "org.apache.http.impl.conn.Connector.connect:3", "com.acme.Pay.call:7"
    };
    private static final String[] BY_AN_EVENT_LOOP = {
        "sun.nio.ch.Net.socket:1",
        "reactor.netty.resources.PooledConnectionProvider.acquire:3",
        "io.netty.util.Loop.run:7"
    };
    private static final String[] BY_A_FILLER = {
        "java.net.Socket.connect:1",
        "com.zaxxer.hikari.pool.PoolBase.newConnection:3",
        "com.zaxxer.hikari.pool.HikariPool$PoolEntryCreator.call:5",
        "java.lang.Thread.run:9"
    };

    private final List<JoinedSocket> sockets = new ArrayList<>();
    private ClosedSiblings closed = ClosedSiblings.NONE;
    private String[] opening = POOLED;
    private Endpoint remote = SERVER;

    @Test
    void aSingleConnectionOfAPoolIsAtRest() {
        atRest("main", NOW - 10 * MINUTE, NOW - 5 * MINUTE);
        assertThat(judgements()).containsExactly("STALE possible AT_REST");
    }

    @Test
    void aSingleConnectionOfNoPoolIsAbandoned() {
        opening = new String[] {"java.net.Socket.connect:1", "com.acme.Own.connect:3"};
        atRest("main", NOW - 10 * MINUTE, NOW - 5 * MINUTE);
        assertThat(judgements()).containsExactly("ABANDONED probable null");
    }

    @Test
    void anOpeningWhileOneWasIdleShowsThatItWasNotGivenBack() {
        atRest("a", NOW - 10 * MINUTE, NOW - 5 * MINUTE);
        atRest("b", NOW - 5 * MINUTE + 1, NOW - 2 * MINUTE);
        assertThat(judgements()).containsOnly("ABANDONED probable PASSED_OVER");
    }

    @Test
    void anOpeningBeforeTheEndOfTheOtherShowsNothing() {
        atRest("a", NOW - 10 * MINUTE, NOW - 5 * MINUTE);
        atRest("b", NOW - 5 * MINUTE, NOW - 2 * MINUTE);
        assertThat(judgements()).containsOnly("STALE possible AT_REST");
    }

    @Test
    void theLaterOneMayBeOpenOrClosedAgain() {
        atRest("a", NOW - 10 * MINUTE, NOW - 5 * MINUTE);
        sockets.add(established("b", NOW - 4 * MINUTE));
        assertThat(judgements()).contains("ABANDONED probable PASSED_OVER");

        sockets.remove(1);
        closed = closed(1, NOW - 4 * MINUTE);
        assertThat(judgements()).containsExactly("ABANDONED probable PASSED_OVER");
        closed = closed(1, NOW - 6 * MINUTE);
        assertThat(judgements()).as("opened before").containsExactly("STALE possible AT_REST");
    }

    @Test
    void aLastUseThatWasCapturedIsEarlierThanTheEnd() {
        atRest("a", NOW - 10 * MINUTE, NOW - 5 * MINUTE, NOW - 9 * MINUTE);
        atRest("b", NOW - 8 * MINUTE, NOW - 5 * MINUTE);
        assertThat(judgements()).containsOnly("ABANDONED probable PASSED_OVER");

        sockets.clear();
        atRest("a", NOW - 10 * MINUTE, NOW - 5 * MINUTE, NOW - 7 * MINUTE);
        atRest("b", NOW - 8 * MINUTE, NOW - 5 * MINUTE);
        assertThat(judgements()).as("in use when the other was opened").containsOnly("STALE possible AT_REST");
    }

    @Test
    void aUseWithoutAStackAfterTheCapturedOneCountsAsUse() {
        JoinedSocket first = atRest("a", NOW - 10 * MINUTE, NOW - 5 * MINUTE, NOW - 9 * MINUTE);
        TrackedSocket used = SampleSocket.usedAt(NOW - 7 * MINUTE, Objects.requireNonNull(first.tracked()));
        assertThat(used.lastUsedMillis()).isEqualTo(NOW - 7 * MINUTE);
        atRest("b", NOW - 8 * MINUTE, NOW - 5 * MINUTE);
        assertThat(judgements()).containsOnly("STALE possible AT_REST");
    }

    @Test
    void oneThreadThatOpenedManyHadTheEarlierOnesBackNever() {
        openedByOneThread(5);
        assertThat(judgements()).containsOnly("ABANDONED probable OPENED_BY_ONE_THREAD");
        assertThat(diagnose().totals().leaked()).isEqualTo(5);
    }

    @Test
    void oneThreadMayTakeManyAtOnce() {
        openedByOneThread(5, 1000);
        assertThat(judgements()).containsOnly("ABANDONED probable OPENED_BY_ONE_THREAD");
        sockets.clear();
        openedByOneThread(5, 999);
        assertThat(judgements()).containsOnly("ABANDONED possible OPENED_BY_ONE_THREAD");
    }

    @Test
    void oneThreadThatOpenedAFewMayHaveAPoolForEach() {
        openedByOneThread(4);
        assertThat(judgements()).containsOnly("ABANDONED possible OPENED_BY_ONE_THREAD");
        sockets.clear();
        openedByOneThread(2);
        assertThat(judgements()).containsOnly("ABANDONED possible OPENED_BY_ONE_THREAD");
    }

    @Test
    void oneThreadOfAPlaceThatClosesIsNoEvidence() {
        openedByOneThread(9);
        closed = closed(1, NOW - 20 * MINUTE);
        assertThat(judgements()).containsOnly("STALE possible AT_REST");
    }

    @Test
    void oneEventLoopOpensForManyThreads() {
        opening = BY_AN_EVENT_LOOP;
        openedByOneThread(2);
        assertThat(judgements()).containsOnly("STALE possible AT_REST");
        openedByOneThread(7);
        assertThat(judgements()).containsOnly("ABANDONED possible NONE_CLOSED");
    }

    @Test
    void severalThreadsThatClosedNothingAreEvenEvidence() {
        for (int i = 0; i < 3; i++) {
            atRest("worker-" + i, NOW - 10 * MINUTE + i, NOW - 5 * MINUTE);
        }
        assertThat(judgements()).containsOnly("ABANDONED possible NONE_CLOSED");
        closed = closed(1, NOW - 20 * MINUTE);
        assertThat(judgements()).as("a burst of a pool that closes").containsOnly("STALE possible AT_REST");
    }

    @Test
    void twoThreadsNeedAConnectionEach() {
        atRest("a", NOW - 10 * MINUTE, NOW - 5 * MINUTE);
        atRest("b", NOW - 10 * MINUTE, NOW - 5 * MINUTE);
        assertThat(judgements()).containsOnly("STALE possible AT_REST");
    }

    @Test
    void aPoolThatFillsItselfOpensAlsoWhileSomeAreIdle() {
        opening = BY_A_FILLER;
        atRest("filler", NOW - 10 * MINUTE, NOW - 5 * MINUTE);
        atRest("filler", NOW - 4 * MINUTE, NOW - 2 * MINUTE);
        assertThat(judgements()).containsOnly("STALE possible OPENED_AHEAD");
        sockets.clear();
        openedByOneThread(9);
        assertThat(judgements()).containsOnly("STALE possible OPENED_AHEAD");
    }

    @Test
    void whatAFillerOpenedAndTheProgramUsedMayBeLent() {
        opening = BY_A_FILLER;
        atRest("filler", NOW - 10 * MINUTE, NOW - 5 * MINUTE, NOW - 6 * MINUTE);
        assertThat(judgements()).containsOnly("STALE possible OPENED_AHEAD");
        atRest("filler", NOW - 10 * MINUTE, NOW - 5 * MINUTE, NOW - 6 * MINUTE);
        assertThat(judgements()).containsOnly("ABANDONED possible LENT");
    }

    @Test
    void poolsToTwoServersStayApart() {
        atRest("a", NOW - 10 * MINUTE, NOW - 5 * MINUTE);
        remote = new Endpoint("10.2.3.5", 443);
        atRest("a", NOW - 4 * MINUTE, NOW - 2 * MINUTE);
        assertThat(judgements()).containsOnly("STALE possible AT_REST");
    }

    @Test
    void twoPortsOfOneHostAreEvenEvidence() {
        atRest("a", NOW - 10 * MINUTE, NOW - 5 * MINUTE);
        remote = new Endpoint("10.2.3.4", 444);
        atRest("a", NOW - 4 * MINUTE, NOW - 2 * MINUTE);
        assertThat(judgements()).containsOnly("ABANDONED possible PASSED_OVER_AT_HOST");

        sockets.clear();
        atRest("a", NOW - 4 * MINUTE, NOW - 2 * MINUTE);
        remote = SERVER;
        atRest("a", NOW - 4 * MINUTE, NOW - 2 * MINUTE);
        assertThat(judgements()).as("opened together").containsOnly("STALE possible AT_REST");
    }

    @Test
    void aResetConnectionKeepsItsVerdict() {
        sockets.add(reset("a", NOW - 10 * MINUTE));
        assertThat(judgements()).containsExactly("STALE possible AT_REST");
        sockets.add(established("b", NOW - 4 * MINUTE));
        assertThat(judgements()).contains("DEAD_FD probable PASSED_OVER");
    }

    @Test
    void aReadThatTookTheFinMakesNoDifference() {
        sockets.add(ended("main", NOW - 10 * MINUTE, NOW - 5 * MINUTE, 0));
        assertThat(judgements()).containsExactly("STALE possible AT_REST");
        sockets.add(ended("main", NOW - 4 * MINUTE, NOW - 2 * MINUTE, 1));
        assertThat(judgements()).containsOnly("ABANDONED probable PASSED_OVER");
        assertThat(diagnose().sites()).as("one site for both").hasSize(1);
    }

    @Test
    void aSiblingCountsBeforeItsPatienceIsOver() {
        openedByOneThread(4);
        sockets.add(ended("main", NOW - 10 * MINUTE, NOW - 10_000, 1));
        assertThat(judgements()).containsOnly("ABANDONED probable OPENED_BY_ONE_THREAD", "FRESH certain null");
    }

    @Test
    void unreadDataIsNoRest() {
        sockets.add(ended("main", NOW - 10 * MINUTE, NOW - 5 * MINUTE, 161));
        assertThat(judgements()).containsExactly("ABANDONED probable null");
        sockets.clear();
        sockets.add(ended("main", NOW - 10 * MINUTE, NOW - 5 * MINUTE, 160));
        assertThat(judgements()).containsExactly("STALE possible AT_REST");
    }

    @Test
    void theEvidenceNamesTheFinding() {
        atRest("a", NOW - 10 * MINUTE, NOW - 5 * MINUTE);
        atRest("b", NOW - 4 * MINUTE, NOW - 2 * MINUTE);
        assertThat(diagnose().sites().get(0).evidence()).contains("evidence: " + SiblingFinding.PASSED_OVER.sentence());
    }

    private void openedByOneThread(int count) {
        openedByOneThread(count, 10_000);
    }

    private void openedByOneThread(int count, long millisFromTheFirstToTheLast) {
        for (int i = 0; i < count; i++) {
            atRest("main", NOW - 10 * MINUTE + i * millisFromTheFirstToTheLast / (count - 1), NOW - 5 * MINUTE);
        }
    }

    private void atRest(String thread, long opened, long seenEnded) {
        sockets.add(ended(thread, opened, seenEnded, 1));
    }

    private JoinedSocket atRest(String thread, long opened, long seenEnded, long used) {
        JoinedSocket socket = ended(thread, opened, seenEnded, 1);
        TrackedSocket unused = SampleSocket.usedBy(
                SampleEvent.of(stack("java.net.Socket.read:1", "com.acme.Pay.answer:9"), thread, 1, used),
                Objects.requireNonNull(socket.tracked()));
        sockets.add(socket);
        return socket;
    }

    private JoinedSocket ended(String thread, long opened, long seenEnded, long recvQ) {
        TcpRow row = new TcpRow(
                1000L + sockets.size(),
                TcpState.CLOSE_WAIT,
                new Endpoint("10.0.0.1", 40_000),
                remote,
                recvQ,
                0,
                0,
                0,
                0,
                0);
        return joined(thread, opened, TcpState.CLOSE_WAIT, row, new StateTimes(seenEnded, true, 0, 0));
    }

    private JoinedSocket established(String thread, long opened) {
        TcpRow row = new TcpRow(
                1000L + sockets.size(),
                TcpState.ESTABLISHED,
                new Endpoint("10.0.0.1", 40_000),
                remote,
                0,
                0,
                0,
                0,
                0,
                0);
        return joined(thread, opened, TcpState.ESTABLISHED, row, new StateTimes(opened, true, 0, 0));
    }

    private JoinedSocket reset(String thread, long opened) {
        JoinedSocket socket =
                joined(thread, opened, TcpState.CLOSE, null, new StateTimes(NOW - 5 * MINUTE, true, 0, 0));
        socket.setLiveValues(socket.history(), null, new RowlessFigures(remote, null, ConnectOutcome.ESTABLISHED));
        return socket;
    }

    private JoinedSocket joined(
            String thread, long opened, TcpState state, @Nullable TcpRow row, StateTimes stateTimes) {
        int fd = 7 + sockets.size();
        TrackedSocket tracked =
                SampleSocket.of(fd, SampleEvent.of(stack(opening), thread, 1, opened), null, null, null);
        return new JoinedSocket(
                fd, 1000L + fd, tracked, true, Origin.OPENED, Protocol.TCP, state, row, stateTimes, null, null);
    }

    private static ClosedSiblings closed(long count, long latestOpening) {
        return new ClosedSiblings(Map.of(
                new ClosedSiblings.Key(Frame.of(frame("com.acme.Pay.call:7")), SERVER),
                new ClosedSiblings.Closed(count, latestOpening)));
    }

    /** Verdict, confidence and finding of each socket that has a verdict. */
    private List<String> judgements() {
        return new Examiner(
                        ListenerReport.NONE,
                        new Waiting(
                                NOW,
                                new GracePeriods(Duration.ofSeconds(5), Duration.ofMinutes(15)),
                                WatchedTime.WITHOUT_PAUSE),
                        CulpritFinders.withKnownLibraries(),
                        closed,
                        PlaceCloseStats.NONE)
                .examine(sockets).stream()
                        .filter(judgement -> judgement.verdict() != Verdict.NONE)
                        .map(judgement -> judgement.verdict() + " "
                                + judgement.confidence().word() + " " + judgement.finding())
                        .toList();
    }

    private Diagnosis diagnose() {
        return SampleInput.of(sockets).closedSiblings(closed).diagnose();
    }
}
