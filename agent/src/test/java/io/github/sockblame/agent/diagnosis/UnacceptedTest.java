// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import static io.github.sockblame.agent.join.JoinFixtures.NOW;
import static io.github.sockblame.agent.join.JoinFixtures.witness;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.join.AcceptQueuePressure;
import io.github.sockblame.agent.join.AcceptorThread;
import io.github.sockblame.agent.join.JoinFixtures;
import io.github.sockblame.agent.join.JoinedListener;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.join.ListenerReport;
import io.github.sockblame.agent.kernel.AcceptQueues;
import io.github.sockblame.agent.kernel.net.TcpRow;
import io.github.sockblame.agent.ledger.SampleSocket;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.ListenDrops;
import io.github.sockblame.report.Listener;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnacceptedTest {

    private static final Endpoint HERE = new Endpoint("127.0.0.1", 8080);
    private static final Endpoint ANY = new Endpoint("0.0.0.0", 8080);
    private static final Endpoint ANY6 = new Endpoint("::", 8080);
    private static final AcceptQueuePressure LONG = new AcceptQueuePressure(NOW - 60_000, 60, null, NOW - 60_000, 3, 0);

    private final List<JoinedSocket> sockets = new ArrayList<>();
    private Map<Endpoint, Map<TcpState, Integer>> waiting = Map.of();
    private List<Endpoint> foreign = List.of();
    private AcceptQueuePressure pressure = LONG;
    private AcceptorThread acceptorThread = new AcceptorThread(null, "no thread has ever accepted from it");

    private void listens(int fd, Endpoint local, long queue, @Nullable TrackedSocket tracked) {
        sockets.add(new JoinedSocket(
                fd,
                1000L + fd,
                tracked,
                true,
                tracked == null ? Origin.BEFORE_AGENT : Origin.OPENED,
                Protocol.TCP,
                TcpState.LISTEN,
                new TcpRow(1000L + fd, TcpState.LISTEN, local, new Endpoint("0.0.0.0", 0), queue, 0, 0, 0, 0, 0),
                JoinFixtures.inStateSince(NOW - 90_000),
                null,
                null));
    }

    private static TrackedSocket opened(int fd, @Nullable String closedIn) {
        return SampleSocket.of(
                fd,
                witness(NOW - 90_000, "com.acme.Shop.listen:7"),
                null,
                null,
                closedIn == null ? null : witness(NOW - 10, closedIn));
    }

    private Diagnosis diagnose() {
        ListenerReport found = ListenerReport.of(
                sockets,
                new AcceptQueues(waiting, foreign, 4096, 9, 9),
                new ListenDrops(9, 9, 0, 0, Instant.ofEpochMilli(NOW - 90_000)));
        List<JoinedListener> listeners = new ArrayList<>();
        for (JoinedListener listener : found.listeners()) {
            listeners.add(listener.withLiveValues(pressure, acceptorThread));
        }
        return SampleInput.of(sockets)
                .listeners(new ListenerReport(listeners, found.drops()))
                .diagnose();
    }

    @Test
    void fullQueueSiteNamesListenerAndAcceptor() {
        acceptorThread = new AcceptorThread(witness(NOW, "java.lang.Thread.sleep:1", "com.acme.Shop.serve:30"), null);
        waiting = Map.of(HERE, Map.of(TcpState.ESTABLISHED, 4, TcpState.CLOSE_WAIT, 2));
        listens(5, HERE, 6, opened(5, null));
        Diagnosis diagnosis = diagnose();
        Site site = diagnosis.sites().get(0);

        assertThat(site.verdict()).isEqualTo(Verdict.UNACCEPTED);
        assertThat(site.oldestSince()).isEqualTo(Instant.ofEpochMilli(NOW - 60_000));
        assertThat(culprit(diagnosis, site.opened())).contains("Shop.listen");
        assertThat(culprit(diagnosis, site.current())).contains("Shop.serve");
        assertThat(site.evidence())
                .containsExactly(
                        "evidence: the accept queue holds 6, its limit is unknown, and it was not empty in"
                                + " any of 60 samples; accepts are not counted for this listener",
                        "waiting on its address (inode 0): 4 in ESTAB, 2 in CLOSE-WAIT, whose clients gave up before"
                                + " they were accepted");
        assertThat(diagnosis.totals().leaked()).as("no descriptor leaks").isZero();
        assertThat(diagnosis.sockets().get(0).site()).isEqualTo(1);
    }

    @Test
    void evidenceExplainsMissingAcceptor() {
        listens(5, HERE, 6, opened(5, null));
        Site site = diagnose().sites().get(0);

        assertThat(site.current()).isNull();
        assertThat(site.evidence()).contains("no thread has ever accepted from it");
    }

    @Test
    void evidenceListsEachListenerOfPlace() {
        listens(5, HERE, 6, opened(5, null));
        listens(6, new Endpoint("127.0.0.1", 8443), 7, opened(6, null));

        assertThat(diagnose().sites()).hasSize(1);
        assertThat(diagnose().sites().get(0).evidence())
                .anyMatch(line -> line.startsWith("evidence: 127.0.0.1:8080: the accept queue holds 6,"))
                .anyMatch(line -> line.startsWith("evidence: 127.0.0.1:8443: the accept queue holds 7,"));
    }

    @Test
    void queueWithRoomIsListedWithoutVerdict() {
        pressure = AcceptQueuePressure.NONE;
        listens(5, HERE, 3, opened(5, null));
        Diagnosis diagnosis = diagnose();

        assertThat(diagnosis.sites()).isEmpty();
        assertThat(diagnosis.listeners()).hasSize(1);
        Listener listener = diagnosis.listeners().get(0);
        assertThat(listener.fd()).isEqualTo(5);
        assertThat(listener.local()).isEqualTo(HERE);
        assertThat(listener.queue()).isEqualTo(3);
        assertThat(listener.opened()).isNotNull();
        assertThat(listener.accepted()).as("it was not seen to listen").isNull();
        assertThat(listener.fullSince()).isNull();
    }

    @Test
    void closingListenerIsNotJudged() {
        listens(5, HERE, 6, opened(5, "com.acme.Shop.stop:9"));

        assertThat(diagnose().sites()).isEmpty();
    }

    @Test
    void anUntrackedListenerIsOneSiteOfItsPort() {
        listens(5, HERE, 6, null);
        Site site = diagnose().sites().get(0);

        assertThat(site.verdict()).isEqualTo(Verdict.UNACCEPTED);
        assertThat(site.confidence()).isEqualTo(Confidence.POSSIBLE);
        assertThat(site.remotes()).extracting(Site.RemoteCount::remote).containsExactly(HERE);
    }

    /** The near-miss: somebody else's clients on the same port and another address. */
    @Test
    void connectionsOfOtherAddressesAreNotCounted() {
        waiting = Map.of(
                new Endpoint("127.0.0.2", 8080), Map.of(TcpState.CLOSE_WAIT, 7),
                new Endpoint("127.0.0.1", 8081), Map.of(TcpState.CLOSE_WAIT, 7));
        listens(5, HERE, 1, opened(5, null));

        assertThat(only().waiting()).isEmpty();
    }

    @Test
    void wildcardListenerCountsConnectionsWithoutOwnListener() {
        waiting = Map.of(
                HERE,
                Map.of(TcpState.ESTABLISHED, 1),
                new Endpoint("10.0.0.1", 8080),
                Map.of(TcpState.ESTABLISHED, 10),
                new Endpoint("::1", 8080),
                Map.of(TcpState.ESTABLISHED, 100));
        foreign = List.of(HERE);
        listens(5, ANY, 1, opened(5, null));
        assertThat(only().waiting()).isEqualTo(Map.of(TcpState.ESTABLISHED, 10));

        sockets.clear();
        listens(5, ANY6, 1, opened(5, null));
        assertThat(only().waiting()).as("serves IPv4 as well").isEqualTo(Map.of(TcpState.ESTABLISHED, 110));

        foreign = List.of(ANY);
        assertThat(only().waiting()).as("unless another one does").isEqualTo(Map.of(TcpState.ESTABLISHED, 100));
    }

    @Test
    void siblingsAreThoseOnTheSameAddressAndPort() {
        foreign = List.of(HERE, ANY, new Endpoint("127.0.0.1", 8081));
        listens(5, HERE, 1, opened(5, null));
        listens(6, HERE, 1, opened(6, null));
        waiting = Map.of(HERE, Map.of(TcpState.ESTABLISHED, 3));
        Diagnosis diagnosis = diagnose();

        assertThat(diagnosis.listeners()).extracting(Listener::siblings).containsExactly(2, 2);
        assertThat(diagnosis.sites().get(0).evidence()).anyMatch(line -> line.contains("2 more listen there"));
    }

    private Listener only() {
        List<Listener> listeners = diagnose().listeners();
        assertThat(listeners).hasSize(1);
        return listeners.get(0);
    }

    private static String culprit(Diagnosis diagnosis, Site.@Nullable Place place) {
        return requireNonNull(
                        diagnosis.stacks().get(requireNonNull(place).stack()).culpritFrame())
                .text();
    }
}
