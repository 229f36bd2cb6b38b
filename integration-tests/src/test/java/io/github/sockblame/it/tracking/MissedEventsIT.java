// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

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
import io.github.sockblame.it.scenario.kind.InterruptedAccepts;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.Verdict;
import java.util.List;

/** Connections that the JDK loses, because a thread is interrupted at the moment when its accept succeeds. */
class MissedEventsIT {

    private static final int ENOUGH = 5;

    @OnEveryJdk
    void channelLosesInterruptedAccepts(TargetJdk jdk) throws Exception {
        checkLost(jdk, race(jdk, "channel", "platform"), "acceptor");
    }

    @OnEveryJdk
    void adaptorLosesInterruptedAccepts(TargetJdk jdk) throws Exception {
        checkLost(jdk, race(jdk, "adaptor", "platform"), "acceptor");
    }

    @OnEveryJdk
    void channelInVirtualThreadLosesInterruptedAccepts(TargetJdk jdk) throws Exception {
        Requires.virtualThreads(jdk);
        checkLost(jdk, race(jdk, "channel", "virtual"), "virtual thread #");
    }

    @OnEveryJdk
    void channelBesideClassicSocketsLosesInterruptedAccepts(TargetJdk jdk) throws Exception {
        Requires.classicImplementation(jdk);
        checkLost(jdk, classic(race(jdk, "channel", "platform")), "acceptor");
    }

    @OnEveryJdk
    void serverSocketLosesNoAccept(TargetJdk jdk) throws Exception {
        checkNothingLost(race(jdk, "socket", "platform"));
    }

    @OnEveryJdk
    void classicServerSocketLosesNoAccept(TargetJdk jdk) throws Exception {
        Requires.classicImplementation(jdk);
        checkNothingLost(classic(race(jdk, "socket", "platform")));
    }

    @OnEveryJdk
    void serverSocketInVirtualThreadLosesNoAccept(TargetJdk jdk) throws Exception {
        Requires.virtualThreads(jdk);
        checkNothingLost(race(jdk, "socket", "virtual"));
    }

    private static TargetJvm race(TargetJdk jdk, String kind, String thread) {
        boolean loses = !kind.equals("socket");
        return TargetJvm.of(jdk, InterruptedAccepts.class)
                .arguments(kind, thread, loses ? "3000" : "300", Integer.toString(ENOUGH))
                .watched("grace=200ms");
    }

    private static TargetJvm classic(TargetJvm jvm) {
        return jvm.jvm("-Djdk.net.usePlainSocketImpl=true");
    }

    private static void checkLost(TargetJdk jdk, TargetJvm jvm, String thread) throws Exception {
        try (TargetProcess target = jvm.start()) {
            target.awaitCheckpoint("lost " + ENOUGH);
            Await.until("all verdicts", () -> target.report().report().totals().leaked() == ENOUGH);
            QuietSnapshot moment = QuietSnapshot.moment(target);
            moment.checkTotals();

            ReportView report = moment.report();
            assertThat(report.report().sites()).hasSize(1);
            Site site = report.report().sites().get(0);
            assertThat(site.verdict()).isEqualTo(Verdict.LOST);
            assertThat(site.confidence()).isEqualTo(Confidence.CERTAIN);
            assertThat(site.count()).isEqualTo(ENOUGH);
            assertThat(site.evidence()).hasSize(1).first().asString().contains("a fault of the JDK");
            List<Socket> lost = inSite(report, 1);
            assertThat(lost).hasSize(ENOUGH).allSatisfy(socket -> {
                assertThat(socket.verdict()).isEqualTo(Verdict.LOST);
                assertThat(socket.origin()).isEqualTo(Origin.ACCEPTED);
                assertThat(report.stack(socket.opened())).contains("InterruptedAccepts$Listener.accept(");
                assertThat(report.culprit(socket.listenerOpened())).contains("InterruptedAccepts.listen(");
                assertThat(socket.opened())
                        .isNotNull()
                        .satisfies(opened -> assertThat(opened.thread()).startsWith(thread));
            });
            assertThat(report.openedIn("InterruptedAccepts$Listener.accept"))
                    .as("lost, and accepted as it should be")
                    .hasSize(ENOUGH + 3);
            assertThat(report.report().sockets())
                    .filteredOn(socket -> !lost.contains(socket))
                    .hasSizeGreaterThanOrEqualTo(3 + 1 + 3 + ENOUGH)
                    .allMatch(socket -> socket.verdict() == Verdict.NONE);

            Output leaks = Viewer.on(jdk).call("leaks", target.pidText());
            assertThat(leaks.status()).isEqualTo(1);
            assertThat(leaks.out())
                    .contains("1  LOST   5 connections from ", "lost inside the JDK", "a fault of the JDK");
        }
    }

    private static void checkNothingLost(TargetJvm jvm) throws Exception {
        try (TargetProcess target = jvm.start()) {
            QuietSnapshot moment = QuietSnapshot.moment(target.awaitCheckpoint("lost 0"));

            moment.checkTotals();
            assertThat(moment.report().report().sites()).isEmpty();
            assertThat(moment.report().openedIn(InterruptedAccepts.class, "listen"))
                    .hasSize(1);
            assertThat(moment.report().openedIn("InterruptedAccepts$Listener.accept"))
                    .hasSize(3)
                    .allMatch(socket -> socket.origin() == Origin.ACCEPTED);
        }
    }

    private static List<Socket> inSite(ReportView report, int number) {
        return report.report().sockets().stream()
                .filter(socket -> socket.site() != null && socket.site() == number)
                .toList();
    }
}
