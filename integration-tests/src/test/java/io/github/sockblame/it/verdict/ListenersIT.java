// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.verdict;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.kind.Acceptors;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.ListenDrops;
import io.github.sockblame.report.Listener;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import io.github.sockblame.report.text.LeaksText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A listener from which nobody accepts is named, with where its acceptor stands; one that is well is not. */
class ListenersIT {

    private static final String GRACE = "grace=1s";

    @OnEveryJdk
    void serverSocketListens(TargetJdk jdk) throws Exception {
        check(TargetJvm.of(jdk, Acceptors.class).watched(GRACE).arguments("socket"), "thread acceptor\n");
    }

    @OnEveryJdk
    void classicServerSocketListens(TargetJdk jdk) throws Exception {
        Requires.classicImplementation(jdk);
        check(
                TargetJvm.of(jdk, Acceptors.class)
                        .watched(GRACE)
                        .jvm("-Djdk.net.usePlainSocketImpl=true")
                        .arguments("socket"),
                "thread acceptor\n");
    }

    @OnEveryJdk
    void serverSocketListensInVirtualThread(TargetJdk jdk) throws Exception {
        Requires.virtualThreads(jdk);
        check(TargetJvm.of(jdk, Acceptors.class).watched(GRACE).arguments("virtual"), "thread virtual thread #");
    }

    @OnEveryJdk
    void serverSocketChannelListens(TargetJdk jdk) throws Exception {
        check(TargetJvm.of(jdk, Acceptors.class).watched(GRACE).arguments("channel"), "thread acceptor\n");
    }

    @OnEveryJdk
    void asynchronousChannelListens(TargetJdk jdk) throws Exception {
        check(TargetJvm.of(jdk, Acceptors.class).watched(GRACE).arguments("async"), "thread acceptor\n");
    }

    /** It is known from the first accept that the agent sees; what it asked the kernel for, and who opened it, nobody knows. */
    @OnEveryJdk
    void lateAgentFindsListeners(TargetJdk jdk) throws Exception {
        for (String kind : List.of("socket", "channel", "async")) {
            try (TargetProcess target =
                    TargetJvm.of(jdk, Acceptors.class).arguments(kind).start()) {
                target.awaitCheckpoint("ready");
                Output attached = Viewer.on(jdk).call("attach", target.pidText(), "--options", "grace=1s");
                assertThat(attached.status()).as("%s", attached).isZero();
                target.isWatchedNow();
                target.proceedTo("full");
                checkUnknown(target);
                Await.until("accepts", () -> {
                    Long accepted =
                            listener(target.report(), target.number("busy")).accepted();
                    return accepted != null && accepted > 2;
                });
                checkAdopted(target.report(), target.number("busy"), "busy");

                target.proceedTo("empty");
                assertThat(listener(target.report(), target.number("stuck")).accepted())
                        .as("all but the one before, and one may be on its way")
                        .isBetween(5L, 6L);
                checkAdopted(target.report(), target.number("stuck"), "acceptor");
                QuietSnapshot.moment(target).checkTotals();
            }
        }
    }

    /** Nobody accepts from it before the agent's eyes. */
    private static void checkUnknown(TargetProcess target) throws Exception {
        int port = target.number("stuck");
        ReportView report = Await.value(
                "the verdict",
                () -> Optional.of(target.report())
                        .filter(taken -> unaccepted(taken).stream().anyMatch(site -> isOf(port, site))));
        Site site = site(report, port);
        assertThat(site.confidence()).isEqualTo(Confidence.POSSIBLE);
        assertThat(site.evidence())
                .anyMatch(line -> line.endsWith("accepts are not counted for this listener")
                        || line.contains("accepts are not counted for this listener;"))
                .anyMatch(line -> line.endsWith("no accept was seen since the agent started"));
        Listener listener = listener(report, port);
        assertThat(listener.accepted()).isNull();
        assertThat(report.theOneWithDescriptor(listener.fd()).origin()).isEqualTo(Origin.BEFORE_AGENT);
    }

    private static void checkAdopted(ReportView report, int port, String thread) {
        Listener listener = listener(report, port);
        assertThat(listener.opened()).isNull();
        assertThat(listener.backlog()).isNull();
        assertThat(listener.limit()).isNull();
        assertThat(listener.lastAccept())
                .isNotNull()
                .satisfies(accept -> assertThat(accept.thread()).isEqualTo(thread));
        assertThat(report.theOneWithDescriptor(listener.fd()).origin()).isEqualTo(Origin.ADOPTED);
    }

    private static void check(TargetJvm jvm, String acceptor) throws Exception {
        try (TargetProcess target = jvm.start();
                Namesake namesake = new Namesake(target.awaitCheckpoint("ready").number("stuck"))) {
            assertThat(unaccepted(target.report())).isEmpty();
            target.proceedTo("full");
            Await.until("all verdicts", () -> unaccepted(target.report()).size() == 3);
            ReportView report = target.report();

            checkStuck(report, target.number("stuck"), acceptor);
            assertThat(site(report, target.number("gone")).evidence())
                    .contains("the thread that accepted last has ended");
            assertThat(site(report, target.number("gone")).current()).isNull();
            assertThat(site(report, target.number("nobody")).evidence())
                    .contains("no thread has ever accepted from it");
            assertThat(listener(report, target.number("nobody")).accepted()).isZero();
            checkThoseThatAreWell(report, target);
            assertThat(namesake.hasWaiting()).isTrue();

            target.proceedTo("empty");
            Await.until(
                    "the queue is served",
                    () -> unaccepted(target.report()).size() == 2
                            && served(listener(target.report(), target.number("stuck"))));
        }
    }

    private static void checkStuck(ReportView report, int port, String acceptor) {
        Listener listener = listener(report, port);
        assertThat(listener.backlog()).isEqualTo(4);
        assertThat(listener.limit()).isEqualTo(4);
        assertThat(listener.queue()).as("the kernel lets in one more").isEqualTo(5);
        assertThat(listener.accepted()).isEqualTo(1);
        assertThat(listener.waiting()).isEqualTo(Map.of(TcpState.ESTABLISHED, 3, TcpState.CLOSE_WAIT, 2));
        assertThat(listener.siblings()).isZero();
        assertThat(listener.fullSince()).isNotNull();
        assertThat(report.culprit(listener.opened())).contains("Acceptors.listen(");
        assertThat(listener.lastAccept()).isNotNull();

        Site site = site(report, port);
        assertThat(site.confidence()).isEqualTo(Confidence.CERTAIN);
        assertThat(stack(report, site.opened())).contains("Acceptors.listen(");
        assertThat(stack(report, site.current())).contains("Acceptors.stuck(");
        assertThat(site.evidence())
                .anyMatch(line -> line.startsWith("evidence: the accept queue holds 5, its limit is 4,")
                        && line.contains("none was accepted meanwhile"))
                .contains("waiting on its address (inode 0): 3 in ESTAB, 2 in CLOSE-WAIT, whose clients gave up before"
                        + " they were accepted");
        assertThat(report.report().totals().leaked()).as("it is no leak").isZero();

        ListenDrops drops = requireNonNull(report.report().listenDrops());
        assertThat(drops.newOverflows()).isPositive();
        assertThat(LeaksText.of(report.report()))
                .contains("listener 127.0.0.1:" + port + ": accept queue full, 5 of 4; accepted 1 in all")
                .contains("accept queues of this network namespace had no room for ")
                .contains("     the acceptor thread is at:\n")
                .contains(acceptor);
    }

    private static void checkThoseThatAreWell(ReportView report, TargetProcess target) {
        Listener idle = listener(report, target.number("idle"));
        assertThat(idle.backlog()).isEqualTo(50);
        assertThat(idle.queue()).isEqualTo(3);
        assertThat(idle.fullSince()).isNull();
        Listener busy = listener(report, target.number("busy"));
        assertThat(busy.accepted()).isGreaterThan(2);
        assertThat(unaccepted(report))
                .flatExtracting(Site::remotes)
                .extracting(remote -> remote.remote().port())
                .containsExactlyInAnyOrder(target.number("stuck"), target.number("gone"), target.number("nobody"));
    }

    private static boolean served(Listener listener) {
        return Long.valueOf(7).equals(listener.accepted())
                && Long.valueOf(0).equals(listener.queue())
                && Map.of().equals(listener.waiting());
    }

    private static List<Site> unaccepted(ReportView report) {
        return report.report().sites().stream()
                .filter(site -> site.verdict() == Verdict.UNACCEPTED)
                .toList();
    }

    private static Site site(ReportView report, int port) {
        return unaccepted(report).stream()
                .filter(site -> isOf(port, site))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isOf(int port, Site site) {
        return site.remotes().stream().anyMatch(remote -> remote.remote().port() == port);
    }

    private static Listener listener(ReportView report, int port) {
        return requireNonNull(report.report().listeners()).stream()
                .filter(listener -> listener.local() != null && listener.local().port() == port)
                .findFirst()
                .orElseThrow();
    }

    private static String stack(ReportView report, Site.@Nullable Place place) {
        return place == null
                ? "no stack"
                : report.report().stacks().get(place.stack()).frames().stream()
                        .map(Frame::text)
                        .collect(Collectors.joining("\n"));
    }

    /** A listener of another process, on the same port and another address, with clients that gave up. */
    private static final class Namesake implements AutoCloseable {

        private final ServerSocket listener;

        Namesake(int port) throws Exception {
            InetAddress other = InetAddress.getByName("127.0.0.2");
            listener = new ServerSocket();
            listener.bind(new InetSocketAddress(other, port), 9);
            for (int i = 0; i < 3; i++) {
                new Socket(other, port).close();
            }
        }

        boolean hasWaiting() throws Exception {
            try (Socket waiting = listener.accept()) {
                return waiting.isConnected();
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
