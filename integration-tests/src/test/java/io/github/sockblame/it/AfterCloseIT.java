// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sockblame.it.scenario.Peer;
import io.github.sockblame.report.AfterClose;
import io.github.sockblame.report.AfterClose.ClosedSite;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.EphemeralPorts;
import io.github.sockblame.report.EphemeralPorts.PortsTo;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.TcpState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who leaves rows in TIME_WAIT behind is named, with as many as the kernel has; who lets the other side close first has none. */
class AfterCloseIT {

    private static final int BATCH = 60;
    private static final int BURST = 400;
    private static final int OTHERS = 7;

    @OnEveryJdk
    void rowsAreThoseOfWhoClosedFirst(TargetJdk jdk) throws Exception {
        try (Peer warm = Peer.patient();
                Peer patient = Peer.patient();
                Peer leaving = Peer.leaving(1);
                Peer busy = Peer.patient();
                TargetProcess target = TargetJvm.of(jdk, "ClosingPrograms")
                        .watched("")
                        .arguments(port(warm), port(patient), port(leaving), port(busy))
                        .start()) {
            target.awaitCheckpoint("warm");
            ReportView unused = target.report(); // from now on it can read the addresses of such connections

            checkOpened(target.proceedTo("sockets"), patient, "socket");
            checkOpened(target.proceedTo("channels"), patient, "channel");
            checkOpened(target.proceedTo("asynchronous"), patient, "asynchronousChannel");
            checkOfAnotherProcess(target, patient);

            target.proceedTo("second");
            assertThat(sites(target.report(), leaving))
                    .as("the server closed first")
                    .isEmpty();

            checkAccepted(target);
            checkBurst(target.proceedTo("burst"), busy);
            assertThat(sites(target.report(), patient))
                    .as("the one that is kept open leaves nothing")
                    .hasSize(3);
            checkText(jdk, target, busy);
        }
    }

    private static void checkOpened(TargetProcess target, Peer peer, String method) throws Exception {
        Await.until(method, () -> count(target.report(), peer, method) == BATCH);
        ReportView report = target.report();
        ClosedSite site = requireNonNull(site(report, peer, method));
        assertThat(site.states()).isEqualTo(Map.of(TcpState.TIME_WAIT, BATCH));
        assertThat(site.sampled()).isFalse();
        assertThat(site.byAddressOnly()).isZero();
        assertThat(site.open()).isZero();
        assertThat(site.localPort()).isNull();
        assertThat(culprit(report, site.closing())).contains("ClosingPrograms." + method + "(");
        assertThat(report.report().totals().leaked()).isZero();
    }

    /** To the same server, so that nothing but the ports tells them apart. */
    private static void checkOfAnotherProcess(TargetProcess target, Peer peer) throws Exception {
        int before = unattributed(target.report());
        for (int i = 0; i < OTHERS; i++) {
            new Socket(peer.address().getAddress(), peer.address().getPort()).close();
        }
        Await.until("the kernel's rows", () -> timeWaitTo(target, peer) == 3 * BATCH + OTHERS);
        ReportView report = target.report();
        assertThat(sites(report, peer)).extracting(ClosedSite::count).containsOnly(BATCH);
        assertThat(unattributed(report))
                .as("beside those of who else is in the namespace")
                .isGreaterThanOrEqualTo(OTHERS);
        assertThat(before).isNotNegative();

        EphemeralPorts ports = requireNonNull(report.report().ephemeralPorts());
        assertThat(ports.size()).isPositive();
        assertThat(ports.fullest()).contains(new PortsTo(endpoint(peer), 3 * BATCH + OTHERS));
    }

    private static void checkAccepted(TargetProcess target) throws Exception {
        int port = target.number("listens");
        target.proceed();
        for (int i = 0; i < BATCH; i++) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }
        target.awaitCheckpoint("accepted");
        Await.until("accepted", () -> countOn(target.report(), port) == BATCH);
        ReportView report = target.report();
        ClosedSite site = requireNonNull(siteOn(report, port));
        assertThat(site.remote()).isNull();
        assertThat(culprit(report, site.opened())).contains("ClosingPrograms.acceptAndClose(");
    }

    /** Of so many at once some are looked at, and stand for the others. */
    private static void checkBurst(TargetProcess target, Peer peer) throws Exception {
        Await.until("the kernel's rows", () -> timeWaitTo(target, peer) == BURST);
        ReportView report = target.report();
        ClosedSite site = requireNonNull(site(report, peer, "hurry"));
        assertThat(site.sampled()).isTrue();
        assertThat(site.count()).isCloseTo(BURST, within(2));
        assertThat(site.closedLately()).isPositive();
        assertThat(site.medianLife()).isNotNull();
    }

    private static void checkText(TargetJdk jdk, TargetProcess target, Peer peer) throws Exception {
        Output leaks = Viewer.on(jdk).call("leaks", target.pidText());
        assertThat(leaks.status()).as("it is no leak").isZero();
        assertThat(leaks.out())
                .contains(
                        "AFTER CLOSE   about ",
                        " TIME-WAIT to " + endpoint(peer).text())
                .contains(
                        "     opened at:\n       io.github.sockblame.it.scenario.ClosingPrograms.hurry(ClosingPrograms.java:")
                .contains("open from there now: none")
                .contains("TIME-WAIT is no leak");
    }

    private static int timeWaitTo(TargetProcess target, Peer peer) throws IOException {
        return KernelView.rowsTo(target.pid(), peer.address().getPort(), TcpState.TIME_WAIT);
    }

    private static AfterClose afterClose(ReportView report) {
        return requireNonNull(report.report().afterClose());
    }

    private static int unattributed(ReportView report) {
        return afterClose(report).unattributed().getOrDefault(TcpState.TIME_WAIT, 0);
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
        return new Endpoint("127.0.0.1", peer.address().getPort());
    }

    private static String port(Peer peer) {
        return Integer.toString(peer.address().getPort());
    }

    private static String culprit(ReportView report, Site.@Nullable Place place) {
        Frame culprit = place == null
                ? null
                : report.report().stacks().get(place.stack()).culpritFrame();
        return culprit == null ? "no culprit" : culprit.text();
    }
}
