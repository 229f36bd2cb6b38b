// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.kind.EveryProtocol;
import io.github.sockblame.it.scenario.leak.Churn;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.text.LeaksText;
import java.nio.file.Path;

/** Every total equals the kernel's, read from outside. */
class TotalsIT {

    @OnEveryJdk
    void totalsOfEveryProtocolAreTheKernels(TargetJdk jdk) throws Exception {
        Path folder = TestEnvironment.newFolder("unix");
        try (TargetProcess target = TargetJvm.of(jdk, EveryProtocol.class)
                .arguments(folder.toString())
                .watched()
                .start()) {
            QuietSnapshot quietSnapshot = QuietSnapshot.moment(target.awaitCheckpoint("open"));

            quietSnapshot.checkTotals();
            ReportView report = quietSnapshot.report();
            assertThat(report.openedIn(EveryProtocol.class, "tcp"))
                    .hasSize(7)
                    .allMatch(socket -> socket.protocol() == Protocol.TCP)
                    .extracting(Socket::state)
                    .contains(
                            TcpState.CLOSE,
                            TcpState.CLOSE_WAIT,
                            TcpState.ESTABLISHED,
                            TcpState.FIN_WAIT2,
                            TcpState.LISTEN);
            assertThat(report.openedIn(EveryProtocol.class, "asynchronous"))
                    .extracting(Socket::origin)
                    .containsExactlyInAnyOrder(Origin.OPENED, Origin.OPENED, Origin.ACCEPTED);
            assertThat(report.openedIn(EveryProtocol.class, "udp"))
                    .hasSize(5)
                    .allMatch(socket -> socket.protocol() == Protocol.UDP && socket.state() == null)
                    .filteredOn(socket -> socket.local() == null)
                    .hasSize(1);
            assertThat(report.openedIn(EveryProtocol.class, "unix"))
                    .hasSize(3)
                    .allMatch(socket -> socket.protocol() == Protocol.UNIX);
            checkUdp(quietSnapshot);
        }
    }

    @OnEveryJdk
    void lateAgentsTotalsAreTheKernels(TargetJdk jdk) throws Exception {
        Path folder = TestEnvironment.newFolder("unix");
        try (TargetProcess target = TargetJvm.of(jdk, EveryProtocol.class)
                .arguments(folder.toString())
                .start()) {
            target.awaitCheckpoint("open");
            Output attached = Viewer.on(jdk).call("attach", target.pidText());
            assertThat(attached.status()).as("%s", attached).isZero();
            target.isWatchedNow();
            QuietSnapshot quietSnapshot = QuietSnapshot.moment(target);

            quietSnapshot.checkTotals();
            assertThat(quietSnapshot.report().report().sockets())
                    .filteredOn(socket -> socket.protocol() == Protocol.UDP)
                    .hasSize(5)
                    .allMatch(socket -> socket.origin() == Origin.BEFORE_AGENT);
            checkUdp(quietSnapshot);
        }
    }

    /** That the scenario has what {@link QuietSnapshot#checkTotals} compares. */
    private static void checkUdp(QuietSnapshot quietSnapshot) {
        assertThat(quietSnapshot.kernel().datagrams().values())
                .hasSize(4)
                .anyMatch(socket -> socket.recvQ() > 0)
                .anyMatch(socket -> socket.remote().getPort() != 0);
        assertThat(quietSnapshot.count(Protocol.UDP))
                .as("with the one that is not bound")
                .isEqualTo(5);
        assertThat(quietSnapshot.count(Protocol.OTHER)).isZero();
        assertThat(LeaksText.of(quietSnapshot.report().report())).contains("  UDP 5  Unix ");
    }

    @OnEveryJdk
    void totalsAfterChurnAreTheKernels(TargetJdk jdk) throws Exception {
        // with all compilers, so that the hooks are also run as the last of them inlines them
        try (TargetProcess target = TargetJvm.of(jdk, Churn.class)
                .jvm("-XX:TieredStopAtLevel=4")
                .watched()
                .start()) {
            int held = 24;
            target.awaitCheckpoint("held " + held);
            QuietSnapshot quietSnapshot = QuietSnapshot.moment(target);
            quietSnapshot.checkTotals();
            assertThat(quietSnapshot.report().openedIn(Churn.class, "openAndClose"))
                    .hasSize(held);

            target.proceedTo("all closed");
            QuietSnapshot after = QuietSnapshot.moment(target);
            after.checkTotals();
            assertThat(after.report().openedIn(Churn.class, "openAndClose")).isEmpty();
        }
    }
}
