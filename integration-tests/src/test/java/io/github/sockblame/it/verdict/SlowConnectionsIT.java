// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.leak.SlowConnections;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.util.Map;

/** What is stuck, half closed, dead or not connected yet is told apart from leaks, on real sockets. */
class SlowConnectionsIT {

    private static final Map<String, Verdict> EXPECTED = Map.of(
            "openStuck", Verdict.STUCK,
            "openStuckAndEnded", Verdict.STUCK,
            "openHeard", Verdict.IDLE,
            "openSlowlyHeard", Verdict.NONE,
            "openTalkedOn", Verdict.HALF_CLOSED,
            "openHalf", Verdict.HALF_CLOSED,
            "openDead", Verdict.DEAD_FD,
            "neverConnect", Verdict.NONE,
            "connectInVain", Verdict.CONNECTING);

    @OnEveryJdk
    void slowConnectionsGetTheirVerdicts(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, SlowConnections.class)
                .watched("grace=300ms,idle=2s")
                .start()) {
            target.awaitCheckpoint("slow");
            Await.until("all verdicts", () -> isAsExpected(target.report()));
            QuietSnapshot moment = QuietSnapshot.moment(target);
            moment.checkTotals();
            ReportView report = moment.report();

            for (Map.Entry<String, Verdict> expected : EXPECTED.entrySet()) {
                assertThat(opened(report, expected.getKey()).verdict())
                        .as(expected.getKey())
                        .isEqualTo(expected.getValue());
            }
            assertThat(opened(report, "openSlowlyHeard").sendQ())
                    .as("a slow consumer, before which something always waits")
                    .isPositive();
            assertThat(report.report().totals().leaked())
                    .as("the dead one; the other side of the half-closed one may still answer")
                    .isEqualTo(1);
            assertThat(opened(report, "openDead").state()).isEqualTo(TcpState.CLOSE);
            assertThat(opened(report, "openDead").remote())
                    .as("where the dead one went")
                    .isNotNull()
                    .isEqualTo(opened(report, "openHalf").remote());

            checkStuck(report, "openStuck", "SlowConnections.writeForEver(", TcpState.ESTABLISHED);
            checkStuck(report, "openStuckAndEnded", "SlowConnections.writeForEver(", TcpState.CLOSE_WAIT);
            Socket connecting = opened(report, "connectInVain");
            assertThat(report.culprit(connecting.current())).contains("SlowConnections.connectInVain(");
            assertThat(connecting.state()).isEqualTo(TcpState.SYN_SENT);
            assertThat(opened(report, "openTalkedOn").lastUsedAt()).isNotNull();
            assertThat(Viewer.on(jdk).call("leaks", target.pidText()).out())
                    .contains("STUCK   ", "in use, but without progress:", "DEAD FD   1 connection", "CONNECTING   ");

            target.proceedTo("silent");
            Await.until(
                    "who said nothing more has forgotten it",
                    () -> opened(target.report(), "openTalkedOn").verdict() == Verdict.FORGOTTEN);
            ReportView silent = target.report();
            assertThat(opened(silent, "openTalkedOn").confidence()).isEqualTo(Confidence.PROBABLE);
            assertThat(silent.report().totals().leaked()).isEqualTo(2);
        }
    }

    private static boolean isAsExpected(ReportView report) {
        return EXPECTED.entrySet().stream()
                .allMatch(expected -> opened(report, expected.getKey()).verdict() == expected.getValue());
    }

    private static void checkStuck(ReportView report, String method, String stands, TcpState state) {
        Socket stuck = opened(report, method);
        assertThat(stuck.state()).isEqualTo(state);
        assertThat(stuck.confidence()).isEqualTo(Confidence.CERTAIN);
        assertThat(stuck.sendQ()).isPositive();
        assertThat(report.culprit(stuck.current())).contains(stands);
        Site site = report.siteOf(stuck);
        assertThat(site.current()).isNotNull();
        assertThat(site.evidence())
                .anyMatch(line -> line.contains("a thread is inside an operation"))
                .anyMatch(line -> line.contains("Send-Q holds"));
    }

    private static Socket opened(ReportView report, String method) {
        return report.theOneOpenedIn(SlowConnections.class, method);
    }
}
