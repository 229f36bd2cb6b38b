// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.AgentHealthChecks;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.scenario.fault.FailingHooks;
import io.github.sockblame.it.scenario.fault.StoppedThread;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.util.List;

/** Whatever goes wrong in the agent's hooks, the program sees nothing of it, and the kernel's side of the report is whole. */
class ErrorsIT {

    @OnEveryJdk
    void failingHooksLeaveProgramUnchangedAndSocketsUntracked(TargetJdk jdk) throws Exception {
        Output plain;
        try (TargetProcess target = TargetJvm.of(jdk, FailingHooks.class).start()) {
            target.awaitCheckpoint("held").proceedTo("told").proceedTo("done");
            plain = target.finish();
        }
        try (TargetProcess target = TargetJvm.of(jdk, FailingHooks.class)
                .watched("grace=1ms")
                .start()
                .expecting(AgentHealthChecks::checkWithErrors)) {
            QuietSnapshot held = QuietSnapshot.moment(target.awaitCheckpoint("held"));
            held.checkTotals();
            List<Socket> unheard = held.report().untracked();
            assertThat(unheard)
                    .hasSize(6)
                    .allMatch(socket -> held.kernel().has(socket.inode()))
                    .allMatch(socket -> socket.local() != null && socket.remote() != null)
                    .extracting(Socket::state)
                    .containsOnly(TcpState.LISTEN, TcpState.ESTABLISHED);

            QuietSnapshot told = QuietSnapshot.moment(target.proceedTo("told"));
            told.checkTotals();
            List<Socket> adopted = told.report().report().sockets().stream()
                    .filter(socket -> socket.origin() == Origin.ADOPTED)
                    .toList();
            assertThat(adopted)
                    .as("heard of at its end for the first time")
                    .hasSize(2)
                    .allMatch(socket -> unheard.stream().anyMatch(one -> one.inode() == socket.inode()))
                    .allMatch(socket -> socket.state() == TcpState.CLOSE_WAIT)
                    .allMatch(socket -> told.report().culprit(socket.eof()).contains("FailingHooks.main("))
                    .allMatch(socket -> socket.opened() == null);
            assertThat(told.report().report().sites()).noneMatch(site -> site.verdict() == Verdict.LOST);

            target.proceedTo("done");
            QuietSnapshot done = QuietSnapshot.moment(target);
            done.checkTotals();
            assertThat(done.report().untracked()).isEmpty();
            assertThat(target.finish()).isEqualTo(plain);
        }
    }

    @OnEveryJdk
    void threadStoppedInsideHookDies(TargetJdk jdk) throws Exception {
        Requires.that(jdk.feature() < 20, jdk + " stops no thread");
        Output plain = run(TargetJvm.of(jdk, StoppedThread.class));
        Output watched = run(TargetJvm.of(jdk, StoppedThread.class).watched());

        assertThat(plain.out()).startsWith("stopped died of java.lang.ThreadDeath\n");
        assertThat(watched).isEqualTo(plain);
    }

    private static Output run(TargetJvm jvm) throws Exception {
        try (TargetProcess target = jvm.start()) {
            return target.awaitCheckpoint("done").finish();
        }
    }
}
