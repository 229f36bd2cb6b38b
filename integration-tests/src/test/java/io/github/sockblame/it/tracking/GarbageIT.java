// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.KernelView;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.scenario.end.DroppedSockets;
import io.github.sockblame.report.Socket;
import java.util.List;

/** The agent keeps nothing alive: what a program drops is collected, and closed by the JDK, as it is without the agent. */
class GarbageIT {

    @OnEveryJdk
    void ledgerDropsCollectedSockets(TargetJdk jdk) throws Exception {
        try (TargetProcess target =
                TargetJvm.of(jdk, DroppedSockets.class).watched().start()) {
            target.awaitCheckpoint("open");
            QuietSnapshot open = QuietSnapshot.moment(target);
            List<Socket> dropped = open.report().openedIn(DroppedSockets.class, "openWithoutClose");
            assertThat(dropped).hasSize(4).allMatch(socket -> open.kernel().has(socket.inode()));

            target.proceedTo("collected");
            Await.until("the kernel without the dropped sockets", () -> {
                KernelView kernel = KernelView.of(target.pid());
                return dropped.stream().noneMatch(socket -> kernel.has(socket.inode()));
            });
            QuietSnapshot collected = QuietSnapshot.moment(target);
            collected.checkTotals();
            assertThat(collected.report().openedIn(DroppedSockets.class, "openWithoutClose"))
                    .isEmpty();
        }
    }

    @OnEveryJdk
    void socketsAreCollectedWithoutAgentToo(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, DroppedSockets.class).start()) {
            target.awaitCheckpoint("open");
            KernelView open = KernelView.of(target.pid());
            assertThat(open.inodes()).hasSizeGreaterThanOrEqualTo(4);

            target.proceedTo("collected");
            Await.until("four of the sockets gone", () -> {
                KernelView kernel = KernelView.of(target.pid());
                return open.inodes().values().stream()
                                .filter(inode -> !kernel.has(inode))
                                .count()
                        == 4;
            });
        }
    }
}
