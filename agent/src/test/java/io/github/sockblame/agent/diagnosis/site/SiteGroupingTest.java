// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import static io.github.sockblame.agent.join.JoinFixtures.NOW;
import static io.github.sockblame.agent.join.JoinFixtures.closeWait;
import static io.github.sockblame.agent.join.JoinFixtures.eof;
import static io.github.sockblame.agent.join.JoinFixtures.inState;
import static io.github.sockblame.agent.join.JoinFixtures.opened;
import static io.github.sockblame.agent.join.JoinFixtures.socket;
import static io.github.sockblame.agent.join.JoinFixtures.udp;
import static io.github.sockblame.agent.join.JoinFixtures.untracked;
import static io.github.sockblame.agent.join.JoinFixtures.witness;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.diagnosis.Diagnosis;
import io.github.sockblame.agent.diagnosis.SampleInput;
import io.github.sockblame.agent.join.JoinFixtures;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.kernel.net.TcpRow;
import io.github.sockblame.agent.ledger.SampleSocket;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SiteGroupingTest {

    private final List<JoinedSocket> sockets = new ArrayList<>();

    @Test
    void sameCulpritsMakeOneSiteDespiteDifferentCallers() {
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
                SampleSocket.of(
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
    void acceptingStacksOfTheJdkAloneAreOneSiteForEachListener() {
        accepted(7, "com.acme.Server.bind:3", "java.net.ServerSocket.accept:1", "java.lang.Thread.run:1");
        accepted(8, "com.acme.Server.bind:3", "java.net.ServerSocket.accept:1", "jdk.Pool.work:2");
        accepted(9, "com.acme.Other.bind:3", "java.net.ServerSocket.accept:1", "jdk.Pool.work:2");
        accepted(10, "com.acme.Server.bind:3", "com.acme.Server.accept:1");

        assertThat(diagnose().sites()).extracting(Site::count).containsExactly(2, 1, 1);
    }

    private void accepted(int fd, String listener, String... opening) {
        sockets.add(closeWait(SampleSocket.of(fd, witness(1, opening), witness(1, listener), eof(), null), 0L));
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
        assertThat(sites.get(1).verdict()).isEqualTo(Verdict.ABANDONED);
        assertThat(sites.get(1).recvQ()).isNull();
        assertThat(sites.get(1).remoteCount()).isZero();
    }

    @Test
    void untrackedAcceptedConnectionsAreGroupedByListenerPort() {
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
    void libraryConnectionsAreGroupedByRemoteAddress() {
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
    void leaksComeFirstAndTheLargestOfThem() {
        for (int fd = 20; fd < 25; fd++) {
            sockets.add(closeWait(
                    SampleSocket.of(
                            fd,
                            witness(NOW - 90_000, "com.acme.Server.accept:1"),
                            witness(NOW - 90_000, "a.B.c:1"),
                            null,
                            null),
                    0L));
        }
        fresh(30, 9);
        forgotten(7, "com.acme.Rare.connect:1");
        forgotten(8, "com.acme.Often.connect:1");
        forgotten(9, "com.acme.Often.connect:1");
        Diagnosis diagnosis = diagnose();

        assertThat(diagnosis.sites())
                .extracting(Site::verdict)
                .containsExactly(Verdict.FORGOTTEN, Verdict.FORGOTTEN, Verdict.ABANDONED, Verdict.FRESH);
        assertThat(diagnosis.sites()).extracting(Site::count).containsExactly(2, 1, 5, 9);
        assertThat(diagnosis.sites()).extracting(Site::number).containsExactly(1, 2, 3, 4);
        assertThat(siteOf(diagnosis, 9)).isEqualTo(1);
        assertThat(siteOf(diagnosis, 7)).isEqualTo(2);
        assertThat(siteOf(diagnosis, 24)).isEqualTo(3);
        assertThat(siteOf(diagnosis, 30)).isEqualTo(4);
        assertThat(diagnosis.totals().leaked()).isEqualTo(3);
    }

    @Test
    void soundSocketBelongsToNoSite() {
        sockets.add(inState(opened(7), TcpState.ESTABLISHED));
        Diagnosis diagnosis = diagnose();

        assertThat(diagnosis.sites()).isEmpty();
        assertThat(diagnosis.sockets().get(0).site()).isNull();
        assertThat(diagnosis.sockets().get(0).stateSince()).isEqualTo(Instant.ofEpochMilli(NOW - 1000));
    }

    @Test
    void udpSiteNamesRemoteOrElseLocalAddress() {
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
        assertThat(site.oldestSince()).as("when the close was requested").isEqualTo(Instant.ofEpochMilli(NOW - 60_000));
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

    private void forgotten(int fd, String... openingStack) {
        sockets.add(closeWait(socket(fd, eof(), openingStack), 0L));
    }

    private Diagnosis diagnose() {
        return SampleInput.of(sockets).diagnose();
    }
}
