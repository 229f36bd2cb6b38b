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

    /** An estimate proves something if it cannot deviate by more than this. */
    private static final int MOST_DEVIATION = 900;

    /** With fewer stacks the deviation itself is a guess: without any stack it would be zero. */
    private static final int LEAST_SAMPLE = 12;

    private static final int MOST_RUNS = 20;

    /**
     * On a busy machine each stack looks expensive, and a handful of stacks stands for all: then an estimate proves
     * nothing, and the program runs once more.
     */
    @OnEveryJdk
    void sampleStandsForAllAboveTheBudget(TargetJdk jdk) throws Exception {
        boolean checked = false;
        for (int run = 0; run < MOST_RUNS && !checked; run++) {
            checked = checkSampleOf(jdk);
        }
        assertThat(checked).as("a sample of more than a handful of stacks").isTrue();
    }

    /** Returns false if the sample is too small for an estimate. */
    private static boolean checkSampleOf(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, ManyOpeners.class)
                .watched("grace=500ms,capture.budget=0.1%")
                .start()) {
            target.awaitCheckpoint("forgotten");
            int port = target.number("port");
            ReportView report = awaitLeaked(target, FORGOTTEN);
            if (sampleSize(report) < LEAST_SAMPLE || deviation(report) > MOST_DEVIATION) {
                return false;
            }
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
        return true;
    }

    private static int sampleSize(ReportView report) {
        return report.openedIn(ManyOpeners.class, "few").size()
                + report.openedIn(ManyOpeners.class, "most").size();
    }

    /** Three and a half standard deviations of the estimate: each stack was captured with a chance of one by its weight. */
    private static int deviation(ReportView report) {
        double variance = report.report().sockets().stream()
                .mapToDouble(socket -> socket.weight() == null ? 0 : socket.weight() * (socket.weight() - 1.0))
                .sum();
        return (int) (3.5 * Math.sqrt(variance));
    }

    /** The program may be faster than the first round, and then all its stacks are unresolved at once. */
    @OnEveryJdk
    void eachSocketHasItsStackWithoutALimit(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, ManyOpeners.class)
                .watched("grace=500ms,capture.budget=100%,stacks.max=64m")
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
        assertThat(few + most).isCloseTo(FORGOTTEN, within(deviation(report)));
        assertThat(most + deviation(report)).isGreaterThan(few);
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
