// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.scenario.end.WaysToClose;
import io.github.sockblame.report.Socket;
import java.util.List;

/** In whatever way a socket is closed, the ledger lets go of it as the kernel does. */
class ClosesIT {

    private static final List<String> WAYS = List.of(
            "plainClose",
            "tryWithResources",
            "closeOfStream",
            "shutdownThenClose",
            "closeOfAdaptor",
            "closeOfListener",
            "closeOfSelected",
            "closeWhileReading",
            "closeWhileReadingChannel",
            "closeWhileAccepting",
            "closeWhileAcceptingChannel",
            "interruptWhileReading",
            "interruptWhileAccepting",
            "resetByPeer");

    @OnEveryJdk
    void closedSocketLeavesLedgerAndKernel(TargetJdk jdk) throws Exception {
        try (TargetProcess target =
                TargetJvm.of(jdk, WaysToClose.class).watched().start()) {
            for (String way : WAYS) {
                target.awaitCheckpoint(way + " open");
                QuietSnapshot open = QuietSnapshot.moment(target);
                List<Socket> sockets = open.report().openedIn(WaysToClose.class, way);
                assertThat(sockets)
                        .as(way)
                        .isNotEmpty()
                        .allMatch(socket -> open.kernel().has(socket.inode()));

                target.proceedTo(way + " closed");
                QuietSnapshot closed = QuietSnapshot.moment(target);
                assertThat(closed.report().openedIn(WaysToClose.class, way))
                        .as(way)
                        .isEmpty();
                assertThat(sockets).as(way).noneMatch(socket -> closed.kernel().has(socket.inode()));
                assertThat(closed.reportedInodes()).isEqualTo(closed.kernel().inodes());
                target.proceed();
            }
            target.awaitCheckpoint("done");
            assertThat(target.printed()).doesNotContain("not blocked").contains("reset\n");
        }
    }
}
