// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.ForkedProcess;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Tool;
import io.github.sockblame.it.scenario.leak.SilentPeers;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import io.github.sockblame.report.json.ReportJson;
import io.github.sockblame.report.text.LeaksText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A peer that the network has lost is told from one that is slow, by the kernel's own counts, in a network namespace of the test's. */
class SilentPeersIT {

    private static final List<String> NAMESPACE = List.of("unshare", "--user", "--map-root-user", "--net");

    private static final List<String> SILENT = List.of("openUnanswered", "openProbedInVain", "openStuck");

    @OnEveryJdk
    void peerWithoutAnswerIsSilentButSlowOneIsNot(TargetJdk jdk) throws Exception {
        Requires.tool(Tool.UNSHARE);
        Requires.tool(Tool.IP);
        Requires.that(canLosePackets(), "no network namespace with a virtual interface is allowed here");
        Path file = TestEnvironment.newFolder("silent").resolve("report.json");
        // not "watched": nobody reaches its JMX server from here
        try (TargetProcess target = TargetJvm.of(jdk, SilentPeers.class)
                .through(NAMESPACE.toArray(new String[0]))
                .jvm("-javaagent:" + TestEnvironment.agentJar() + "=grace=300ms,idle=2s")
                .arguments(file.toString())
                .start()) {
            target.awaitCheckpoint("lost");
            ReportView report = Await.value(
                    "the verdicts",
                    () -> Files.exists(file)
                            ? Optional.of(new ReportView(ReportJson.read(Files.readString(file))))
                                    .filter(SilentPeersIT::isAsExpected)
                            : Optional.empty());

            for (String method : SILENT) {
                Socket silent = opened(report, method);
                assertThat(silent.state()).as(method).isEqualTo(TcpState.ESTABLISHED);
                assertThat(silent.confidence()).isEqualTo(Confidence.PROBABLE);
                assertThat(report.culprit(silent.opened())).contains("SilentPeers.connect(");
                assertThat(silent.sendQ())
                        .isNotNull()
                        .satisfies(queue -> assertThat(queue > 0).isEqualTo(!method.equals("openProbedInVain")));
                Site site = report.siteOf(silent);
                assertThat(site.remotes())
                        .allMatch(remote -> remote.remote().address().equals("10.99.0.9"));
                assertThat(site.evidence()).anyMatch(line -> line.contains("at least 2 probes, without an answer"));
            }
            assertThat(report.culprit(opened(report, "openStuck").current())).contains("SilentPeers.writeForEver(");
            assertThat(opened(report, "openUnread").sendQ()).isPositive();
            assertThat(report.report().totals().leaked()).isZero();
            assertThat(LeaksText.of(report.report())).contains("  PEER SILENT   ");
            assertThat(report.report().agent().internalErrors()).isZero();
            assertThat(report.report().agent().unconfirmed()).isZero();
            assertThat(report.report().agent().hooks()).noneMatch(hook -> hook.state() == HookState.MISSING);
        }
    }

    private static boolean isAsExpected(ReportView report) {
        return SILENT.stream().allMatch(method -> opened(report, method).verdict() == Verdict.PEER_SILENT)
                && opened(report, "openUnread").verdict() == Verdict.STUCK
                && opened(report, "openProbed").verdict() == Verdict.IDLE;
    }

    private static Socket opened(ReportView report, String method) {
        return report.theOneOpenedIn(SilentPeers.class, method);
    }

    /** Whether an unprivileged user may have a network of their own here, as not every kernel and container lets them. */
    private static boolean canLosePackets() throws Exception {
        List<String> command = new ArrayList<>(NAMESPACE);
        command.addAll(List.of("ip", "link", "add", "lost0", "type", "veth", "peer", "name", "lost1"));
        return ForkedProcess.succeeds(command);
    }
}
