// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import static io.github.sockblame.agent.diagnosis.JoinFixtures.NOW;
import static io.github.sockblame.agent.diagnosis.JoinFixtures.closeWait;
import static io.github.sockblame.agent.diagnosis.JoinFixtures.inState;
import static io.github.sockblame.agent.diagnosis.JoinFixtures.opened;
import static io.github.sockblame.agent.diagnosis.JoinFixtures.udp;
import static io.github.sockblame.agent.diagnosis.JoinFixtures.untracked;
import static io.github.sockblame.agent.diagnosis.JoinFixtures.witness;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.kernel.TcpRow;
import io.github.sockblame.agent.ledger.CapturedEvent;
import io.github.sockblame.agent.ledger.CleanerCloses;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

    private static final GracePeriods PATIENCE = new GracePeriods(Duration.ofSeconds(5), Duration.ofMinutes(15));

    private final List<JoinedSocket> sockets = new ArrayList<>();
    private int mostEstablished;

    @Test
    void connectionsWithTheSameCulpritFramesAreOneSiteWhateverCalledThem() {
        forgotten(7, "java.net.Socket.connect:1", "com.acme.Pay.connect:41", "com.acme.Morning.run:1");
        forgotten(8, "java.net.Socket.connect:1", "com.acme.Pay.connect:41", "com.acme.Evening.run:9");
        forgotten(9, "sun.nio.ch.Net.socket:5", "com.acme.Pay.connect:41", "com.acme.Evening.run:9");
        Diagnosis diagnosis = diagnose();

        assertThat(diagnosis.sites()).hasSize(1);
        Site site = diagnosis.sites().get(0);
        assertThat(site.count()).isEqualTo(3);
        assertThat(site.verdict()).isEqualTo(Verdict.FORGOTTEN);
        assertThat(culprit(diagnosis, requireNonNull(site.opened()))).isEqualTo("com.acme.Pay.connect(Source.java:41)");
        assertThat(culprit(diagnosis, requireNonNull(site.eof()))).isEqualTo("com.acme.Pay.call(Source.java:88)");
        assertThat(site.opened().stackCount()).isEqualTo(3);
        assertThat(site.eof().stackCount()).isEqualTo(1);
        assertThat(site.oldestSince()).isEqualTo(Instant.ofEpochMilli(NOW - 60_000));
        assertThat(site.states()).containsOnly(Map.entry(TcpState.CLOSE_WAIT, 3));
        assertThat(site.remotes()).containsExactly(new Site.RemoteCount(new Endpoint("10.2.3.4", 443), 3, false));
        assertThat(diagnosis.stacks()).hasSize(4);
    }

    @Test
    void anotherLineOrVerdictOrListenerIsAnotherSite() {
        forgotten(7, "com.acme.Pay.connect:41");
        forgotten(8, "com.acme.Pay.connect:42");
        sockets.add(closeWait(socket(9, null, "com.acme.Pay.connect:41"), 1L));
        sockets.add(closeWait(
                new TrackedSocket(
                        10, witness(1, "com.acme.Pay.connect:41"), witness(1, "com.acme.Server.bind:3"), eof(), null),
                0L));

        assertThat(diagnose().sites()).hasSize(4).allMatch(site -> site.count() == 1);
    }

    @Test
    void aStackWithoutCulpritStandsForItself() {
        forgotten(7, "java.net.Socket.connect:1", "org.springframework.Caller.a:1");
        forgotten(8, "java.net.Socket.connect:1", "org.springframework.Caller.b:2");
        forgotten(9, "java.net.Socket.connect:1", "org.springframework.Caller.b:2");

        assertThat(diagnose().sites()).extracting(Site::count).containsExactly(2, 1);
    }

    @Test
    void untrackedConnectionsAreGroupedByRemoteAddress() {
        sockets.add(untracked(7, Origin.BEFORE_AGENT, 1L));
        sockets.add(untracked(8, Origin.BEFORE_AGENT, 2L));
        sockets.add(untracked(9, Origin.BEFORE_AGENT, null));

        List<Site> sites = diagnose().sites();
        assertThat(sites).hasSize(2);
        assertThat(sites.get(0).verdict()).isEqualTo(Verdict.ABANDONED);
        assertThat(sites.get(0).opened()).isNull();
        assertThat(sites.get(0).eof()).isNull();
        assertThat(sites.get(0).recvQ()).isEqualTo(new Site.Range(1, 2));
        assertThat(sites.get(1).verdict()).isEqualTo(Verdict.FIN_SWALLOWED);
        assertThat(sites.get(1).recvQ()).isNull();
        assertThat(sites.get(1).remoteCount()).isZero();
    }

    @Test
    void untrackedConnectionsThatWereAcceptedAreGroupedByThePortOfTheListener() {
        sockets.add(untrackedAt(7, TcpState.LISTEN, 8080, new Endpoint("0.0.0.0", 0)));
        sockets.add(untrackedAt(8, TcpState.CLOSE_WAIT, 8080, new Endpoint("10.2.3.4", 51_000)));
        sockets.add(untrackedAt(9, TcpState.CLOSE_WAIT, 8080, new Endpoint("10.2.3.4", 51_001)));
        sockets.add(untrackedAt(10, TcpState.CLOSE_WAIT, 8080, new Endpoint("10.2.3.5", 51_001)));
        sockets.add(untrackedAt(11, TcpState.CLOSE_WAIT, 40_000, new Endpoint("10.2.3.4", 51_000)));

        List<Site> sites = diagnose().sites();
        assertThat(sites).extracting(Site::count).containsExactly(3, 1);
        assertThat(sites.get(0).remotes())
                .containsExactly(
                        new Site.RemoteCount(new Endpoint("10.2.3.4", 0), 2, false),
                        new Site.RemoteCount(new Endpoint("10.2.3.5", 0), 1, false));
        assertThat(sites.get(0).evidence()).anyMatch(line -> line.endsWith("; their local port is 8080"));
        assertThat(sites.get(1).evidence()).noneMatch(line -> line.contains("local port"));
        assertThat(sites.get(1).remotes())
                .containsExactly(new Site.RemoteCount(new Endpoint("10.2.3.4", 51_000), 1, false));
    }

    private static JoinedSocket untrackedAt(int fd, TcpState state, int localPort, Endpoint remote) {
        TcpRow row = new TcpRow(1000L + fd, state, new Endpoint("10.0.0.1", localPort), remote, 1, 0, 0, 0, 0, 0);
        return new JoinedSocket(
                fd,
                1000L + fd,
                null,
                true,
                Origin.BEFORE_AGENT,
                Protocol.TCP,
                state,
                row,
                JoinFixtures.inStateSince(NOW - 60_000),
                null,
                null);
    }

    @Test
    void aPoolHoldsNoMoreStaleConnectionsThanItEverHadOpen() {
        String[] pooled = {
            "java.net.Socket.connect:1", "com.zaxxer.hikari.pool.PoolBase.newConnection:3", "com.acme.Db.query:7"
        };
        for (int i = 0; i < 3; i++) {
            // each opened after the one before had ended
            CapturedEvent opened = witness(NOW - 300_000 + i * 20_000L, pooled);
            JoinedSocket ended = closeWait(new TrackedSocket(7 + i, opened, null, null, null), i == 2 ? 25L : 1L);
            sockets.add(since(ended, NOW - 290_000 + i * 20_000L));
        }
        assertThat(diagnose().sites()).extracting(Site::verdict).containsExactly(Verdict.ABANDONED);
        mostEstablished = 2;
        assertThat(diagnose().sites()).extracting(Site::verdict).containsExactly(Verdict.ABANDONED);
        mostEstablished = 3;
        assertThat(diagnose().sites()).extracting(Site::verdict).containsExactly(Verdict.STALE);
        assertThat(diagnose().totals().leaked()).isZero();

        mostEstablished = 0;
        sockets.add(inState(socket(10, null, pooled), TcpState.ESTABLISHED));
        sockets.add(inState(socket(11, null, pooled), TcpState.ESTABLISHED));
        sockets.add(inState(socket(12, null, pooled), TcpState.ESTABLISHED));
        assertThat(diagnose().sites())
                .as("as many are open now")
                .extracting(Site::verdict)
                .containsExactly(Verdict.STALE);
    }

    @Test
    void thoseThatLayInThePoolTogetherWereOpenTogether() {
        for (int fd = 7; fd < 10; fd++) {
            sockets.add(closeWait(socket(fd, null, "okhttp3.internal.connection.RealConnection.connect:3"), 1L));
        }

        assertThat(diagnose().sites()).extracting(Site::verdict).containsExactly(Verdict.STALE);
    }

    private static JoinedSocket since(JoinedSocket socket, long millis) {
        return new JoinedSocket(
                socket.fd(),
                socket.inode(),
                socket.tracked(),
                true,
                socket.origin(),
                socket.protocol(),
                socket.state(),
                socket.row(),
                JoinFixtures.inStateSince(millis),
                null,
                null);
    }

    @Test
    void unreadDataIsNoRestAndNobodyElseIsAPool() {
        mostEstablished = 9;
        String[] pooled = {"com.zaxxer.hikari.pool.PoolBase.newConnection:3", "com.acme.Db.query:7"};
        sockets.add(closeWait(socket(7, null, pooled), 161L));
        sockets.add(closeWait(socket(8, null, "com.acme.Own.connect:3"), 1L));
        assertThat(diagnose().sites()).extracting(Site::verdict).containsOnly(Verdict.ABANDONED);

        sockets.add(closeWait(socket(9, null, pooled), 118L));
        assertThat(diagnose().sites()).extracting(Site::verdict).contains(Verdict.STALE);
    }

    @Test
    void whereOnlyLibrariesConnectTheRemoteAddressTells() {
        Endpoint other = new Endpoint("10.9.9.9", 80);
        String[] own = {"java.net.Socket.connect:1", "okhttp3.internal.connection.ConnectPlan.run:9"};
        sockets.add(closeWait(socket(7, eof(), own), 0L));
        JoinedSocket there = closeWait(socket(8, eof(), own), 0L);
        TcpRow row = new TcpRow(1008, TcpState.CLOSE_WAIT, new Endpoint("10.0.0.1", 9), other, 0, 0, 0, 0, 0, 0);
        sockets.add(new JoinedSocket(
                8,
                1008,
                there.tracked(),
                true,
                there.origin(),
                there.protocol(),
                there.state(),
                row,
                there.history(),
                null,
                null));
        sockets.add(closeWait(socket(9, eof(), own), 0L));

        assertThat(diagnose().sites()).extracting(Site::count).containsExactly(2, 1);
    }

    @Test
    void aSiteIsAsSureAsTheLeastSureOfIt() {
        forgotten(7, "com.acme.Pay.connect:41");
        sockets.add(closeWait(socket(8, eof(), "com.acme.Pay.connect:41").usedAt(NOW - 49_999), 0L));
        Diagnosis diagnosis = Diagnosis.of(
                sockets,
                ListenerReport.NONE,
                new CleanerCloses(),
                Instant.ofEpochMilli(NOW),
                new GracePeriods(Duration.ofSeconds(1), Duration.ofMinutes(15)),
                CulpritFinder.withKnownLibraries(),
                opening -> 0,
                PlaceCloseStats.NONE,
                ClosedConnections.NONE,
                ReportScope.ALL);

        assertThat(diagnosis.sites()).hasSize(1);
        assertThat(diagnosis.sites().get(0).confidence()).isEqualTo(Confidence.PROBABLE);
        assertThat(diagnosis.sites().get(0).evidence())
                .anyMatch(line -> line.endsWith("; the last read or write was 49s ago"));
    }

    @Test
    void theThreadThatIsStuckIsTold() {
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
    void leaksComeFirstAndTheLargestOfThem() {
        for (int fd = 20; fd < 25; fd++) {
            sockets.add(closeWait(socket(fd, null, "com.acme.Swallow.it:1"), 0L));
        }
        fresh(30, 9);
        forgotten(7, "com.acme.Rare.connect:1");
        forgotten(8, "com.acme.Often.connect:1");
        forgotten(9, "com.acme.Often.connect:1");
        Diagnosis diagnosis = diagnose();

        assertThat(diagnosis.sites())
                .extracting(Site::verdict)
                .containsExactly(Verdict.FORGOTTEN, Verdict.FORGOTTEN, Verdict.FIN_SWALLOWED, Verdict.FRESH);
        assertThat(diagnosis.sites()).extracting(Site::count).containsExactly(2, 1, 5, 9);
        assertThat(diagnosis.sites()).extracting(Site::number).containsExactly(1, 2, 3, 4);
        assertThat(siteOf(diagnosis, 9)).isEqualTo(1);
        assertThat(siteOf(diagnosis, 7)).isEqualTo(2);
        assertThat(siteOf(diagnosis, 24)).isEqualTo(3);
        assertThat(siteOf(diagnosis, 30)).isEqualTo(4);
        assertThat(diagnosis.totals().leaked()).isEqualTo(3);
    }

    @Test
    void whatNothingIsTheMatterWithBelongsToNoSite() {
        sockets.add(inState(opened(7), TcpState.ESTABLISHED));
        Diagnosis diagnosis = diagnose();

        assertThat(diagnosis.sites()).isEmpty();
        assertThat(diagnosis.sockets().get(0).site()).isNull();
        assertThat(diagnosis.sockets().get(0).stateSince()).isEqualTo(Instant.ofEpochMilli(NOW - 1000));
    }

    @Test
    void whatHasNoStateIsInItSinceNever() {
        sockets.add(inState(opened(7), null));

        assertThat(diagnose().sockets().get(0).stateSince()).isNull();
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
                .as("forgotten, and abandoned before the agent")
                .isEqualTo(2);
    }

    @Test
    void aSocketTellsAllThatIsKnown() {
        sockets.add(closeWait(
                new TrackedSocket(
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
    void aSiteOfUdpSocketsNamesTheOtherEndIfThereIsOne() {
        Endpoint server = new Endpoint("10.0.0.53", 53);
        sockets.add(udp(7, server));
        sockets.add(udp(8, server));
        sockets.add(udp(9, new Endpoint("0.0.0.0", 0)));
        Site site = diagnose().sites().get(0);

        assertThat(site.verdict()).isEqualTo(Verdict.ZOMBIE);
        assertThat(site.remotes())
                .containsExactly(
                        new Site.RemoteCount(server, 2, false),
                        new Site.RemoteCount(new Endpoint("10.0.0.1", 5353), 1, true));
        assertThat(site.protocol()).isEqualTo(Protocol.UDP);
        assertThat(site.oldestSince()).as("when the close was asked for").isEqualTo(Instant.ofEpochMilli(NOW - 60_000));
    }

    @Test
    void stacksBeginBelowTheAgent() {
        forgotten(
                7,
                "io.github.sockblame.agent.ledger.CapturedEvent.here:1",
                "io.github.sockblame.probe.SocketProbe.opened:2",
                "java.net.Socket.connect:3",
                "com.acme.Pay.connect:41",
                "io.github.sockblame.agent.ledger.CapturedEvent.here:1");
        Diagnosis diagnosis = diagnose();
        List<Frame> frames = diagnosis.stacks().get(0).frames();

        assertThat(frames).extracting(Frame::className).first().isEqualTo("java.net.Socket");
        assertThat(frames).as("only those on top are the hook's").hasSize(3);
        assertThat(diagnosis.stacks().get(0).culprit()).isEqualTo(1);
    }

    private void forgotten(int fd, String... openingStack) {
        sockets.add(closeWait(socket(fd, eof(), openingStack), 0L));
    }

    private void fresh(int firstFd, int count) {
        for (int fd = firstFd; fd < firstFd + count; fd++) {
            JoinedSocket old = closeWait(opened(fd), 1L);
            sockets.add(new JoinedSocket(
                    fd,
                    old.inode(),
                    old.tracked(),
                    true,
                    old.origin(),
                    old.protocol(),
                    old.state(),
                    old.row(),
                    JoinFixtures.inStateSince(NOW - 10),
                    null,
                    null));
        }
    }

    private static TrackedSocket socket(int fd, @Nullable CapturedEvent eof, String... openingStack) {
        return new TrackedSocket(fd, witness(NOW - 90_000, openingStack), null, eof, null);
    }

    private static CapturedEvent eof() {
        return witness(NOW - 50_000, "sun.nio.ch.SocketDispatcher.read:1", "com.acme.Pay.call:88");
    }

    private Diagnosis diagnose() {
        return Diagnosis.of(
                sockets,
                ListenerReport.NONE,
                new CleanerCloses(),
                Instant.ofEpochMilli(NOW),
                PATIENCE,
                CulpritFinder.withKnownLibraries(),
                opening -> mostEstablished,
                PlaceCloseStats.NONE,
                ClosedConnections.NONE,
                ReportScope.ALL);
    }

    private static String culprit(Diagnosis diagnosis, Site.Place place) {
        return requireNonNull(diagnosis.stacks().get(place.stack()).culpritFrame())
                .text();
    }

    private static int siteOf(Diagnosis diagnosis, int fd) {
        return requireNonNull(diagnosis.sockets().stream()
                .filter(socket -> socket.fd() == fd)
                .findFirst()
                .orElseThrow()
                .site());
    }
}
