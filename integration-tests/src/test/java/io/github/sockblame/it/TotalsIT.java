// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Origin;
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

            quiet.checkTotals();
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
            assertThat(report.openedIn("EveryProtocol.asynchronous"))
                    .extracting(Socket::origin)
                    .containsExactlyInAnyOrder(Origin.OPENED, Origin.OPENED, Origin.ACCEPTED);
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
        // with all compilers, so that the hooks are also run as the last of them inlines them
        try (TargetProcess target = TargetJvm.of(jdk, "Churn")
                .jvm("-XX:TieredStopAtLevel=4")
                .watched()
                .start()) {
            int held = 24;
            target.awaitCheckpoint("held " + held);
            Quiet quiet = Quiet.moment(target);
            quiet.checkTotals();
            assertThat(quiet.report().openedIn("Churn.openAndClose")).hasSize(held);

            target.proceedTo("all closed");
            Quiet after = Quiet.moment(target);
            after.checkTotals();
            assertThat(after.report().openedIn("Churn.openAndClose")).isEmpty();
        }
    }
}
