// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.AgentHealthChecks;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.PatchedJdk;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.scenario.kind.AcceptsChannel;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.util.List;

/** In a JDK that is other than the agent knows, the report says what is missing, and the kernel's side of it is whole. */
class UnknownJdkIT {

    private static final String LISTENER = "sun.nio.ch.ServerSocketChannelImpl";
    private static final String CHANNEL = "sun.nio.ch.SocketChannelImpl";

    @OnEveryJdk
    void unhookedSocketIsUntrackedUntilAnotherHook(TargetJdk jdk) throws Exception {
        PatchedJdk patched = new PatchedJdk(jdk)
                .renaming("sun/nio/ch/ServerSocketChannelImpl", "implAccept", "doAccept")
                .renaming("sun/nio/ch/SocketChannelImpl", "fd", "descriptor");
        Output plain;
        try (TargetProcess target =
                TargetJvm.of(jdk, AcceptsChannel.class).jvm(patched.arguments()).start()) {
            target.awaitCheckpoint("accepted").proceedTo("told").proceedTo("done");
            plain = target.finish();
        }
        try (TargetProcess target = watched(jdk, patched)) {
            QuietSnapshot accepted = QuietSnapshot.moment(target.awaitCheckpoint("accepted"));
            accepted.checkTotals();
            List<Socket> unseen = accepted.report().untracked();
            assertThat(unseen)
                    .hasSize(2)
                    .allMatch(socket -> socket.state() == TcpState.ESTABLISHED)
                    .allMatch(socket -> socket.local() != null && socket.remote() != null)
                    .allMatch(socket -> accepted.kernel().has(socket.inode()));
            assertThat(accepted.report().openedIn(AcceptsChannel.class, "main"))
                    .as("the listener and the two that connected to it")
                    .hasSize(3);
            List<Hook> missing = missing(accepted);
            assertThat(missing)
                    .extracting(Hook::method)
                    .containsExactlyInAnyOrder(
                            LISTENER + ".implAccept", CHANNEL + ".<init>", CHANNEL + ".implCloseSelectableChannel");
            assertThat(missing)
                    .extracting(Hook::detail)
                    .anyMatch(detail -> detail.equals("this JDK's class has no such method"))
                    .anyMatch(detail -> detail.startsWith("weaving failed: "));
            assertThat(target.agent().attribute("HookStatus").toString())
                    .startsWith("degraded: ")
                    .contains(LISTENER + ".implAccept", CHANNEL + ".<init>");

            QuietSnapshot told = QuietSnapshot.moment(target.proceedTo("told"));
            told.checkTotals();
            assertThat(told.report().untracked()).hasSize(1);
            assertThat(told.report().report().sockets())
                    .filteredOn(socket -> socket.origin() == Origin.ADOPTED)
                    .singleElement()
                    .satisfies(socket -> {
                        assertThat(unseen).extracting(Socket::inode).contains(socket.inode());
                        assertThat(socket.state()).isEqualTo(TcpState.CLOSE_WAIT);
                        assertThat(told.report().culprit(socket.eof())).contains("AcceptsChannel.main(");
                    });

            QuietSnapshot done = QuietSnapshot.moment(target.proceedTo("done"));
            done.checkTotals();
            assertThat(done.report().untracked()).isEmpty();
            assertThat(target.finish()).isEqualTo(plain);
        }
    }

    /** Were it judged, every accepted connection would be lost by the JDK. */
    @OnEveryJdk
    void missingHookLeavesSocketUnjudged(TargetJdk jdk) throws Exception {
        PatchedJdk patched = new PatchedJdk(jdk).renaming("sun/nio/ch/SocketChannelImpl", "fd", "descriptor");
        try (TargetProcess target = watched(jdk, patched)) {
            QuietSnapshot accepted = QuietSnapshot.moment(target.awaitCheckpoint("accepted"));
            accepted.checkTotals();
            assertThat(accepted.report().untracked()).isEmpty();
            assertThat(accepted.report().openedIn(AcceptsChannel.class, "main")).hasSize(5);
            assertThat(accepted.report().report().sites()).noneMatch(site -> site.verdict() == Verdict.LOST);
            assertThat(missing(accepted))
                    .isNotEmpty()
                    .allMatch(hook -> hook.method().startsWith(CHANNEL + "."));
            target.proceedTo("told").proceedTo("done");
        }
    }

    private static TargetProcess watched(TargetJdk jdk, PatchedJdk patched) throws Exception {
        return TargetJvm.of(jdk, AcceptsChannel.class)
                .jvm(patched.arguments())
                .watched("grace=1ms")
                .start()
                .expecting(AgentHealthChecks::checkWithoutHooks);
    }

    private static List<Hook> missing(QuietSnapshot moment) {
        return moment.report().report().agent().hooks().stream()
                .filter(hook -> hook.state() == HookState.MISSING)
                .toList();
    }
}
