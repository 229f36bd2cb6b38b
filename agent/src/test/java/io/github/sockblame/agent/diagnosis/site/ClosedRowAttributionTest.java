// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import static io.github.sockblame.agent.join.JoinFixtures.NOW;
import static io.github.sockblame.agent.join.JoinFixtures.witness;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.diagnosis.Diagnosis;
import io.github.sockblame.agent.diagnosis.SampleInput;
import io.github.sockblame.agent.join.ClosedConnection;
import io.github.sockblame.agent.join.ClosedConnections;
import io.github.sockblame.agent.join.JoinFixtures;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.kernel.FakeProc;
import io.github.sockblame.agent.ledger.ConnectionEndpoints;
import io.github.sockblame.report.AfterClose;
import io.github.sockblame.report.AfterClose.ClosedSite;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.TcpState;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that the kernel has now, joined with what was closed. The peer is 10.0.0.7:6379 where nothing else is said. */
class ClosedRowAttributionTest {

    private static final String TICK = "com.acme.Poller.tick:40";
    private static final Endpoint REDIS = new Endpoint("10.0.0.7", 6379);

    @TempDir
    Path folder;

    private final List<String> rows = new ArrayList<>();
    private final List<ClosedConnection> closed = new ArrayList<>();
    private final List<JoinedSocket> open = new ArrayList<>();
    private @Nullable Diagnosis diagnosis;

    @Test
    void rowsAreOneSiteOfWhoOpenedThem() {
        for (int port = 1; port <= 3; port++) {
            timeWait(port, 5000);
            closed(port, 5004, 5000, TICK);
        }
        timeWait(4, 15_000);
        closed(4, 15_009, 15_000, TICK);
        AfterClose afterClose = diagnose();

        ClosedSite site = only(afterClose);
        assertThat(site.remote()).isEqualTo(REDIS);
        assertThat(site.localPort()).isNull();
        assertThat(site.count()).isEqualTo(4);
        assertThat(site.states()).isEqualTo(Map.of(TcpState.TIME_WAIT, 4));
        assertThat(site.byAddressOnly()).isZero();
        assertThat(site.sampled()).isFalse();
        assertThat(site.firstClosedAt()).isEqualTo(Instant.ofEpochMilli(NOW - 15_000));
        assertThat(site.closedInLastTenSeconds()).isEqualTo(3);
        assertThat(site.medianLifetime()).isEqualTo(Duration.ofMillis(4));
        assertThat(site.open()).isZero();
        assertThat(culprit(site.opened())).contains("Poller.tick");
        assertThat(culprit(site.closing())).contains("Poller.done");
        assertThat(afterClose.rows()).isEqualTo(Map.of(TcpState.TIME_WAIT, 4));
        assertThat(afterClose.unattributed()).isEmpty();
        assertThat(afterClose.siteCount()).isEqualTo(1);
    }

    @Test
    void rowsOfOthersAreCountedAndNotAttributed() {
        timeWait(1, 5000);
        timeWait(2, 5000);
        row(3, "FFFFFFFF:18EB", TcpState.TIME_WAIT, 5000);
        row(4, "0700000A:18EB", TcpState.FIN_WAIT2, 5000);
        closed(1, 5001, 5000, TICK);
        AfterClose afterClose = diagnose();

        assertThat(only(afterClose).count()).isEqualTo(1);
        assertThat(afterClose.unattributed()).isEqualTo(Map.of(TcpState.TIME_WAIT, 2, TcpState.FIN_WAIT2, 1));
    }

    @Test
    void connectionWithoutRowIsInNoSite() {
        closed(1, 5001, 5000, TICK);

        assertThat(diagnose().sites()).isEmpty();
    }

    @Test
    void aRowFromBeforeTheOpeningIsNotOfThisConnection() {
        timeWait(1, 40_000);
        closed(1, 30_000, 20_000, TICK);

        AfterClose afterClose = diagnose();
        assertThat(afterClose.sites()).isEmpty();
        assertThat(afterClose.unattributed()).isEqualTo(Map.of(TcpState.TIME_WAIT, 1));
    }

    @Test
    void reusedPortBelongsToEarlierConnection() {
        timeWait(1, 40_000);
        closed(1, 20_000, 19_000, "com.acme.Later.connect:1");
        closed(1, 40_001, 40_000, TICK);

        assertThat(culprit(only(diagnose()).opened())).contains("Poller.tick");
    }

    @Test
    void aRowIsCountedOnce() {
        timeWait(1, 5000);
        closed(1, 5001, 5000, TICK);
        closed(1, 50_001, 50_000, TICK);

        assertThat(only(diagnose()).count()).isEqualTo(1);
    }

    @Test
    void halfClosedBeforeTheCloseIsStillWithIt() {
        timeWait(1, 9000);
        closed(1, 20_000, 5000, TICK);

        assertThat(only(diagnose()).byAddressOnly()).isZero();
    }

    @Test
    void lateRowMatchesByAddressOnly() {
        timeWait(1, 5000);
        closed(1, 30_001, 30_000, TICK);

        assertThat(only(diagnose()).byAddressOnly()).isEqualTo(1);
    }

    @Test
    void otherStatesMatchByAddressOnly() {
        row(1, "0700000A:18EB", TcpState.LAST_ACK, 200);
        row(2, "0700000A:18EB", TcpState.FIN_WAIT1, 200);
        closed(1, 5001, 5000, TICK);
        closed(2, 5001, 5000, TICK);

        ClosedSite site = only(diagnose());
        assertThat(site.states()).isEqualTo(Map.of(TcpState.LAST_ACK, 1, TcpState.FIN_WAIT1, 1));
        assertThat(site.byAddressOnly()).isEqualTo(2);
    }

    @Test
    void oneThatIsLookedAtStandsForOthers() {
        for (int port = 1; port <= 10; port++) {
            timeWait(port, 5000);
        }
        closed(false, 1, witness(NOW - 5001, TICK), 5000, 4.5);
        closed(false, 6, witness(NOW - 5001, TICK), 5000, 4.5);

        ClosedSite site = only(diagnose());
        assertThat(site.count()).isEqualTo(9);
        assertThat(site.closedInLastTenSeconds()).isEqualTo(9);
        assertThat(site.sampled()).isTrue();
        assertThat(requireNonNull(diagnosis).afterClose().unattributed()).isEqualTo(Map.of(TcpState.TIME_WAIT, 1));
    }

    @Test
    void anEstimateIsNeverMoreThanThereAreRows() {
        timeWait(1, 5000);
        closed(false, 1, witness(NOW - 5001, TICK), 5000, 4.5);
        AfterClose afterClose = diagnose();

        assertThat(only(afterClose).states()).isEqualTo(Map.of(TcpState.TIME_WAIT, 1));
        assertThat(only(afterClose).count()).isEqualTo(1);
        assertThat(afterClose.unattributed()).isEmpty();
    }

    @Test
    void acceptedOnesAreOneSiteForEachLocalPort() {
        row(8080, "0700000A:9C40", TcpState.TIME_WAIT, 55_000);
        row(8080, "0800000A:9C41", TcpState.TIME_WAIT, 55_000);
        closed.add(accepted("10.0.0.7", 0x9C40));
        closed.add(accepted("10.0.0.8", 0x9C41));

        ClosedSite site = only(diagnose());
        assertThat(site.localPort()).isEqualTo(8080);
        assertThat(site.remote()).isNull();
        assertThat(site.count()).isEqualTo(2);
    }

    @Test
    void twoPlacesAreTwoSitesTheLargerFirst() {
        for (int port = 1; port <= 3; port++) {
            timeWait(port, 5000);
            closed(port, 5001, 5000, port == 1 ? "com.acme.Rare.connect:1" : TICK);
        }
        AfterClose afterClose = diagnose();

        assertThat(afterClose.sites()).extracting(ClosedSite::count).containsExactly(2, 1);
        assertThat(culprit(afterClose.sites().get(0).opened())).contains("Poller.tick");
    }

    @Test
    void openConnectionsOfPlaceAreCounted() {
        timeWait(1, 5000);
        closed(1, 5001, 5000, "com.acme.Client.connect:41");
        open.add(JoinFixtures.closeWait(JoinFixtures.opened(7), 1L));

        assertThat(only(diagnose()).open()).isEqualTo(1);
    }

    @Test
    void earlierConnectionHasNoPlace() {
        timeWait(1, 5000);
        closed(false, 1, null, 5000, 1);

        ClosedSite site = only(diagnose());
        assertThat(site.opened()).isNull();
        assertThat(site.open()).isNull();
        assertThat(site.medianLifetime()).isNull();
        assertThat(site.byAddressOnly()).isZero();
    }

    private void timeWait(int localPort, long enteredMillisAgo) {
        row(localPort, "0700000A:18EB", TcpState.TIME_WAIT, 60_000 - enteredMillisAgo);
    }

    private void row(int localPort, String remote, TcpState state, long timerMillis) {
        rows.add(String.format(
                Locale.ROOT,
                "   4: 0100000A:%04X %s %02X 00000000:00000000 03:%08X 00000000     0        0 0 3 000000005796130b",
                localPort,
                remote,
                state.number(),
                timerMillis / 10));
    }

    private void closed(int localPort, long openedMillisAgo, long closedMillisAgo, String frame) {
        closed(false, localPort, witness(NOW - openedMillisAgo, frame), closedMillisAgo, 1);
    }

    private void closed(
            boolean accepted, int localPort, @Nullable CapturedEvent opened, long closedMillisAgo, double weight) {
        closed.add(new ClosedConnection(
                ends("10.0.0.7", 6379, localPort),
                accepted,
                opened,
                witness(NOW - closedMillisAgo, "com.acme.Poller.done:44"),
                NOW - closedMillisAgo,
                weight));
    }

    private static ClosedConnection accepted(String client, int port) {
        return new ClosedConnection(
                ends(client, port, 8080), true, witness(NOW - 5001, "com.acme.Server.accept:1"), null, NOW - 5000, 1);
    }

    private static ConnectionEndpoints ends(String remote, int port, int localPort) {
        try {
            return new ConnectionEndpoints(InetAddress.getByName(remote), port, localPort);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private AfterClose diagnose() {
        FakeProc proc = FakeProc.complete(folder).tcp(rows.toArray(String[]::new));
        diagnosis = SampleInput.of(open)
                .closed(new ClosedConnections(proc.procFs().read().closedRows(), closed))
                .diagnose();
        return diagnosis.afterClose();
    }

    private static ClosedSite only(AfterClose afterClose) {
        assertThat(afterClose.sites()).hasSize(1);
        return afterClose.sites().get(0);
    }

    private String culprit(Site.@Nullable Place place) {
        return requireNonNull(requireNonNull(diagnosis)
                        .stacks()
                        .get(requireNonNull(place).stack())
                        .culpritFrame())
                .text();
    }
}
