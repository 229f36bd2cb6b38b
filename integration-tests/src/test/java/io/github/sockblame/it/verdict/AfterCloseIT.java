// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.verdict;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.FrameText;
import io.github.sockblame.it.harness.KernelView;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.Peer;
import io.github.sockblame.it.scenario.end.ClosingPrograms;
import io.github.sockblame.report.AfterClose;
import io.github.sockblame.report.AfterClose.ClosedSite;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.EphemeralPorts;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.TcpState;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;

/** Who leaves rows in TIME_WAIT behind is named, with as many as the kernel has; who lets the other side close first has none. */
@Tag("own-network")
class AfterCloseIT {

    /** Two of them in one round stay below the number of closes from which on the agent takes a sample. */
    private static final int BATCH = 40;

    private static final int BURST = 400;
    private static final int OTHERS = 7;

    /** Each has a server of its own: to the same one the kernel may use a port in TIME_WAIT again, and its row is gone. */
    @OnEveryJdk
    void sideThatClosesFirstHasTheRow(TargetJdk jdk) throws Exception {
        InetAddress apart = ClosingPrograms.apart();
        try (Peer warm = Peer.patient(apart);
                Peer sockets = Peer.patient(apart);
                Peer channels = Peer.patient(apart);
                Peer asynchronous = Peer.patient(apart);
                Peer leaving = Peer.leaving(apart, 1);
                Peer busy = Peer.patient(apart);
                Peer pooled = Peer.patient(apart);
                TargetProcess target = TargetJvm.of(jdk, ClosingPrograms.class)
                        .watched("")
                        .arguments(ports(warm, sockets, channels, asynchronous, leaving, busy, pooled))
                        .start()) {
            target.awaitCheckpoint("warm");
            ReportView unused = target.report(); // from now on it can read the addresses of such connections
            Set<Integer> others = connectFromElsewhere(sockets);

            checkOpened(target.proceedTo("sockets"), sockets, others, "socket");
            checkOpened(target.proceedTo("channels"), channels, Set.of(), "channel");
            checkOpened(target.proceedTo("asynchronous"), asynchronous, Set.of(), "asynchronousChannel");

            target.proceedTo("second");
            assertThat(sites(target.report(), leaving))
                    .as("the server closed first")
                    .isEmpty();

            checkAccepted(target);
            checkBurst(target.proceedTo("burst"), busy);
            assertThat(sites(target.report(), pooled))
                    .as("one that is kept leaves nothing")
                    .isEmpty();
            checkText(jdk, target, busy);
        }
    }

    /** Of this process, from ports that the kernel gives to nobody by itself; returns them. */
    private static Set<Integer> connectFromElsewhere(Peer peer) throws IOException {
        Set<Integer> ports = new HashSet<>();
        for (int port = 20_000; ports.size() < OTHERS; port++) {
            try (Socket other = new Socket()) {
                other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                other.connect(peer.address());
                ports.add(port);
            } catch (BindException e) {
                // taken, or in TIME_WAIT since the last time
            }
        }
        return ports;
    }

    private static void checkOpened(TargetProcess target, Peer peer, Set<Integer> others, String method)
            throws Exception {
        Callable<Integer> elsewhere = () -> KernelView.rowsTo(target.pid(), peer.address(), others, TcpState.TIME_WAIT);
        Callable<Integer> rows = () -> timeWaitTo(target, peer) - elsewhere.call();
        awaitTimeWait(BATCH, state -> KernelView.rowsTo(target.pid(), peer.address(), state));
        awaitEqual(method, rows, () -> count(target.report(), peer, method));
        ReportView report = target.report();
        assertThat(sites(report, peer)).hasSize(1);
        ClosedSite site = sites(report, peer).get(0);
        assertThat(site.states()).isEqualTo(Map.of(TcpState.TIME_WAIT, rows.call()));
        assertThat(site.sampled()).isFalse();
        assertThat(site.byAddressOnly()).isZero();
        assertThat(site.open()).isZero();
        assertThat(site.localPort()).isNull();
        assertThat(culprit(report, site.opened())).contains("ClosingPrograms." + method + "(");
        assertThat(culprit(report, site.closing())).contains("ClosingPrograms." + method + "(");
        assertThat(afterClose(report).unattributed().getOrDefault(TcpState.TIME_WAIT, 0))
                .as("beside those of who else is in the namespace")
                .isGreaterThanOrEqualTo(elsewhere.call());
        assertThat(report.report().totals().leaked()).isZero();
    }

    /** How many rows of some connections are in a state. */
    private interface Rows {
        int in(TcpState state) throws IOException;
    }

    /**
     * Waits until what was closed has come to its end. While the processors are busy the kernel resets some connections in their first moment,
     * and those leave no row (AttemptFails and OutRsts in /proc/net/snmp): what counts is what it has.
     */
    private static void awaitTimeWait(int closed, Rows rows) throws Exception {
        Await.until(
                "the kernel's rows",
                () -> rows.in(TcpState.FIN_WAIT1) + rows.in(TcpState.FIN_WAIT2) == 0
                        && rows.in(TcpState.TIME_WAIT) > closed / 2);
    }

    /** Waits until the report tells as many rows as the kernel has, now that nothing moves any more; else says how many each of them has. */
    private static void awaitEqual(String what, Callable<Integer> kernel, Callable<Integer> told) throws Exception {
        AtomicReference<String> last = new AtomicReference<>("");
        try {
            Await.until(what, () -> {
                int rows = kernel.call();
                int reported = told.call();
                last.set("the kernel has " + rows + " rows, the report " + reported);
                return rows == reported;
            });
        } catch (AssertionError e) {
            throw new AssertionError(what + ": " + last.get(), e);
        }
    }

    private static void checkAccepted(TargetProcess target) throws Exception {
        int port = target.number("listens");
        target.proceed();
        Set<Integer> clients = new HashSet<>();
        for (int i = 0; i < BATCH; i++) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                clients.add(client.getLocalPort());
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }
        target.awaitCheckpoint("accepted");
        Rows all = state -> KernelView.rowsBetween(target.pid(), port, clients, state);
        awaitTimeWait(BATCH, all);
        awaitEqual("accepted", () -> all.in(TcpState.TIME_WAIT), () -> countOn(target.report(), port));
        ReportView report = target.report();
        ClosedSite site = requireNonNull(siteOn(report, port));
        assertThat(site.remote()).isNull();
        assertThat(culprit(report, site.opened())).contains("ClosingPrograms.acceptAndClose(");
    }

    /** Of so many at once some are looked at, and stand for the others; if it takes more than a second, some ports are used again. */
    private static void checkBurst(TargetProcess target, Peer peer) throws Exception {
        awaitTimeWait(BURST, state -> KernelView.rowsTo(target.pid(), peer.address(), state));
        ReportView report = target.report();
        ClosedSite site = sites(report, peer).get(0);
        assertThat(site.sampled()).isTrue();
        assertThat(site.count()).isCloseTo(timeWaitTo(target, peer), within(12));
        assertThat(site.closedInLastTenSeconds()).isPositive();
        assertThat(site.medianLifetime()).isNotNull();

        EphemeralPorts ports = requireNonNull(report.report().ephemeralPorts());
        assertThat(ports.complete()).as("every endpoint counts").isTrue();
        int rows = timeWaitTo(target, peer);
        ports.fullest().stream()
                .filter(to -> to.remote().equals(endpoint(peer)))
                .findFirst()
                .ifPresentOrElse(
                        mine -> assertThat(mine.taken()).isCloseTo(rows, within(12)),
                        () -> assertThat(ports.fullest()) // other tests have left more, within the last minute
                                .isNotEmpty()
                                .allMatch(to -> to.taken() >= rows - 12));
        assertThat(ports.size()).isGreaterThan(BURST);
    }

    private static void checkText(TargetJdk jdk, TargetProcess target, Peer peer) throws Exception {
        Output leaks = Viewer.on(jdk).call("leaks", target.pidText());
        assertThat(leaks.status()).as("it is no leak").isZero();
        assertThat(leaks.out())
                .contains(
                        "AFTER CLOSE   about ",
                        " TIME-WAIT to " + endpoint(peer).text())
                .contains("     opened at:\n       " + FrameText.in(ClosingPrograms.class, "hurry"))
                .contains("now open from this place: none")
                .contains("TIME-WAIT is not a leak");
    }

    private static int timeWaitTo(TargetProcess target, Peer peer) throws IOException {
        return KernelView.rowsTo(target.pid(), peer.address(), TcpState.TIME_WAIT);
    }

    private static AfterClose afterClose(ReportView report) {
        return requireNonNull(report.report().afterClose());
    }

    private static int count(ReportView report, Peer peer, String method) {
        ClosedSite site = site(report, peer, method);
        return site == null ? 0 : site.states().getOrDefault(TcpState.TIME_WAIT, 0);
    }

    private static @Nullable ClosedSite site(ReportView report, Peer peer, String method) {
        return sites(report, peer).stream()
                .filter(site -> culprit(report, site.opened()).contains("ClosingPrograms." + method + "("))
                .findFirst()
                .orElse(null);
    }

    private static List<ClosedSite> sites(ReportView report, Peer peer) {
        return afterClose(report).sites().stream()
                .filter(site -> endpoint(peer).equals(site.remote()))
                .toList();
    }

    private static int countOn(ReportView report, int port) {
        ClosedSite site = siteOn(report, port);
        return site == null ? 0 : site.states().getOrDefault(TcpState.TIME_WAIT, 0);
    }

    private static @Nullable ClosedSite siteOn(ReportView report, int port) {
        return afterClose(report).sites().stream()
                .filter(site -> Integer.valueOf(port).equals(site.localPort()))
                .findFirst()
                .orElse(null);
    }

    private static Endpoint endpoint(Peer peer) {
        return new Endpoint("127.0.7.1", peer.address().getPort());
    }

    private static String[] ports(Peer... peers) {
        return Stream.of(peers)
                .map(peer -> Integer.toString(peer.address().getPort()))
                .toArray(String[]::new);
    }

    private static String culprit(ReportView report, Site.@Nullable Place place) {
        Frame culprit = place == null
                ? null
                : report.report().stacks().get(place.stack()).culpritFrame();
        return culprit == null ? "no culprit" : culprit.text();
    }
}
