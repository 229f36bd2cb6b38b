// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import java.nio.file.Path;

/** Every total equals the kernel's, read from outside. */
class TotalsIT {

    @OnEveryJdk
    void totalsOfEveryProtocolAreTheKernels(TargetJdk jdk) throws Exception {
        Path folder = Surroundings.newFolder("unix");
        try (TargetProcess target = TargetJvm.of(jdk, "EveryProtocol")
                .arguments(folder.toString())
                .watched()
                .start()) {
            Quiet quiet = Quiet.moment(target.awaitCheckpoint("open"));

            checkEqual(quiet);
            ReportView report = quiet.report();
            assertThat(report.openedIn("EveryProtocol.tcp"))
                    .hasSize(7)
                    .allMatch(socket -> socket.protocol() == Protocol.TCP)
                    .extracting(Socket::state)
                    .contains(
                            TcpState.CLOSE,
                            TcpState.CLOSE_WAIT,
                            TcpState.ESTABLISHED,
                            TcpState.FIN_WAIT2,
                            TcpState.LISTEN);
            assertThat(report.openedIn("EveryProtocol.udp"))
                    .hasSize(2)
                    .allMatch(socket -> socket.protocol() == Protocol.OTHER);
            assertThat(report.openedIn("EveryProtocol.unix"))
                    .hasSize(3)
                    .allMatch(socket -> socket.protocol() == Protocol.UNIX);
        }
    }

    @OnEveryJdk
    void totalsAfterChurnAreTheKernels(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, "Churn").watched().start()) {
            int held = 24;
            target.awaitCheckpoint("held " + held);
            Quiet quiet = Quiet.moment(target);
            checkEqual(quiet);
            assertThat(quiet.report().openedIn("Churn.openAndClose")).hasSize(held);

            target.proceedTo("all closed");
            Quiet after = Quiet.moment(target);
            checkEqual(after);
            assertThat(after.report().openedIn("Churn.openAndClose")).isEmpty();
        }
    }

    private static void checkEqual(Quiet quiet) {
        int sockets = quiet.kernel().inodes().size();
        assertThat(quiet.reportedInodes()).isEqualTo(quiet.kernel().inodes());
        assertThat(quiet.report().report().totals().sockets()).isEqualTo(sockets);
        assertThat(quiet.report().report().totals().tracked()
                        + quiet.report().report().totals().untracked())
                .isEqualTo(sockets);
        assertThat(quiet.sumOfStates()).isEqualTo(sockets);
        assertThat(quiet.reportedStates()).isEqualTo(quiet.kernel().states());
        assertThat(quiet.kernel().states()).isNotEmpty();
        assertThat(quiet.report().report().agent().disagreements()).isZero();
    }
}
