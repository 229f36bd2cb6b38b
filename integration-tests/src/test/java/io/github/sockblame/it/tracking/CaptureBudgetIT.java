// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.scenario.leak.ManyOpeners;
import io.github.sockblame.report.CaptureHealth;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.Verdict;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** More connections than the budget affords stacks for: all are counted and judged, and a sample says where they were opened. */
class CaptureBudgetIT {

    private static final int FORGOTTEN = 1000;
    private static final int LATER = 40;

    @OnEveryJdk
    void sampleStandsForAllAboveTheBudget(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, ManyOpeners.class)
                .watched("grace=500ms,capture.budget=0.1%")
                .start()) {
            target.awaitCheckpoint("forgotten");
            int port = target.number("port");
            ReportView report = awaitLeaked(target, FORGOTTEN);
            checkSample(report, port);
            checkText((String) target.agent().call("reportText"));

            target.proceedTo("later");
            ReportView after = awaitLeaked(target, FORGOTTEN + LATER);
            assertThat(after.openedIn(ManyOpeners.class, "later"))
                    .as("where suspects are, each has its stack")
                    .hasSize(LATER)
                    .extracting(Socket::weight)
                    .containsOnlyNulls();
        }
    }

    @OnEveryJdk
    void eachSocketHasItsStackWithoutALimit(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, ManyOpeners.class)
                .watched("grace=500ms,capture.budget=100%")
                .start()) {
            target.awaitCheckpoint("forgotten");
            ReportView report = awaitLeaked(target, FORGOTTEN);

            assertThat(report.openedIn(ManyOpeners.class, "few").size()
                            + report.openedIn(ManyOpeners.class, "most").size())
                    .isEqualTo(FORGOTTEN);
            assertThat(report.report().agent().capture()).isNull();
            assertThat(report.report().sockets()).extracting(Socket::weight).containsOnlyNulls();
        }
    }

    private static void checkSample(ReportView report, int port) {
        List<Socket> all = report.report().sockets().stream()
                .filter(socket -> isTo(socket.remote(), port))
                .toList();
        assertThat(all).hasSize(FORGOTTEN);
        assertThat(all)
                .as("the kernel and the end of file say that")
                .allMatch(socket -> socket.verdict() == Verdict.FORGOTTEN);
        List<Socket> without =
                all.stream().filter(socket -> isLeftOut(report, socket)).toList();
        assertThat(without).isNotEmpty().allMatch(socket -> socket.opened() != null);
        int few = standingFor(report.openedIn(ManyOpeners.class, "few"));
        int most = standingFor(report.openedIn(ManyOpeners.class, "most"));
        assertThat(few + most).isCloseTo(FORGOTTEN, within(FORGOTTEN / 2));
        assertThat(most).isGreaterThan(few);
        CaptureHealth capture = requireNonNull(report.report().agent().capture());
        assertThat(capture.budget()).isEqualTo(0.001);
        assertThat(capture.skippedStacks()).isGreaterThanOrEqualTo(without.size());
        assertThat(capture.firstSkippedAt()).isBeforeOrEqualTo(capture.lastSkippedAt());
        Site mostly = report.siteOf(report.openedIn(ManyOpeners.class, "most").get(0));
        assertThat(requireNonNull(mostly.estimatedCount())).isGreaterThan(mostly.count());
    }

    private static void checkText(String text) {
        assertThat(text)
                .contains(" including those without an opening stack)")
                .contains("(≈")
                .contains("       (no stack was captured)")
                .contains("opening stacks of ")
                .contains(
                        "capture.budget is 0.1 % of a core; all sockets are counted, and figures with ≈ are estimates");
    }

    private static boolean isTo(@Nullable Endpoint remote, int port) {
        return remote != null && remote.port() == port;
    }

    private static boolean isLeftOut(ReportView report, Socket socket) {
        Stack stack =
                report.report().stacks().get(requireNonNull(socket.opened()).stack());
        boolean leftOut = Integer.valueOf(0).equals(socket.weight());
        assertThat(stack.frames().isEmpty()).isEqualTo(leftOut);
        return leftOut;
    }

    private static int standingFor(List<Socket> sockets) {
        int all = 0;
        for (Socket socket : sockets) {
            Integer weight = socket.weight();
            all += weight == null ? 1 : weight;
        }
        return all;
    }

    private static ReportView awaitLeaked(TargetProcess target, int count) throws Exception {
        return Await.value(
                "the leaks",
                () -> Optional.of(target.report())
                        .filter(taken -> taken.report().totals().leaked() == count));
    }
}
