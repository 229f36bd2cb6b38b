// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.FrameText;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.scenario.kind.AdaptedChannels;
import io.github.sockblame.it.scenario.kind.AllKinds;
import io.github.sockblame.it.scenario.kind.BlockingChannels;
import io.github.sockblame.it.scenario.kind.BlockingSockets;
import io.github.sockblame.it.scenario.kind.SelectedChannels;
import io.github.sockblame.it.scenario.kind.VirtualThreads;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import java.time.Instant;
import java.util.List;

/** Sockets of every kind are tracked from where the program opened or accepted them. */
class KindsIT {

    @OnEveryJdk
    void reportNamesOpenerAndAcceptorOfEveryKind(TargetJdk jdk) throws Exception {
        Instant before = Instant.now();
        try (TargetProcess target = TargetJvm.of(jdk, AllKinds.class).watched().start()) {
            QuietSnapshot quietSnapshot = QuietSnapshot.moment(target.awaitCheckpoint("open"));
            Instant after = Instant.now();

            for (Class<?> kind : List.of(
                    BlockingSockets.class, BlockingChannels.class, SelectedChannels.class, AdaptedChannels.class)) {
                checkOpened(quietSnapshot, kind, "opens " + kind.getSimpleName(), before, after);
            }
            checkAccepted(quietSnapshot, BlockingSockets.class, "accept");
            checkAccepted(quietSnapshot, BlockingSockets.class, "acceptTimed");
            checkAccepted(quietSnapshot, BlockingChannels.class, "accept");
            checkAccepted(quietSnapshot, SelectedChannels.class, "accept");
            checkAccepted(quietSnapshot, AdaptedChannels.class, "accept");
            checkAccepted(quietSnapshot, AdaptedChannels.class, "acceptTimed");
        }
    }

    @OnEveryJdk
    void virtualThreadOpensAndAcceptsLikeOthers(TargetJdk jdk) throws Exception {
        Requires.virtualThreads(jdk);
        Instant before = Instant.now();
        try (TargetProcess target =
                TargetJvm.of(jdk, VirtualThreads.class).watched().start()) {
            QuietSnapshot quietSnapshot = QuietSnapshot.moment(target.awaitCheckpoint("open"));

            for (Class<?> kind : List.of(BlockingSockets.class, BlockingChannels.class)) {
                checkOpened(quietSnapshot, kind, "virtual thread #", before, Instant.now());
                checkAccepted(quietSnapshot, kind, "accept");
            }
        }
    }

    private static void checkOpened(
            QuietSnapshot quietSnapshot, Class<?> kind, String thread, Instant before, Instant after) {
        ReportView report = quietSnapshot.report();
        Socket listener = report.theOneOpenedIn(kind, "listen");
        assertThat(listener.state()).isEqualTo(TcpState.LISTEN);
        assertThat(report.openedIn(kind, "connect")).isNotEmpty();
        for (Socket socket : report.openedIn(kind, "<init>")) {
            boolean client = report.openedIn(kind, "connect").contains(socket);
            assertThat(socket.protocol()).isEqualTo(Protocol.TCP);
            assertThat(socket.opened()).isNotNull().satisfies(opened -> {
                assertThat(opened.thread()).startsWith(thread);
                // the clock of the report has milliseconds
                assertThat(opened.at()).isBetween(before.minusMillis(1), after);
            });
            assertThat(report.culprit(socket.opened())).contains(kind.getName() + ".");
            if (client || socket.equals(listener)) {
                assertThat(socket.origin()).isEqualTo(Origin.OPENED);
                assertThat(socket.listenerOpened()).isNull();
            }
            if (client) {
                assertThat(socket.state()).isEqualTo(TcpState.ESTABLISHED);
                assertThat(socket.remote()).isEqualTo(listener.local());
            }
            assertThat(socket.eof()).isNull();
            assertThat(socket.closing()).isNull();
            assertThat(quietSnapshot.kernel().inodes()).containsEntry(socket.fd(), socket.inode());
        }
    }

    private static void checkAccepted(QuietSnapshot quietSnapshot, Class<?> kind, String method) {
        Socket accepted = quietSnapshot.report().theOneOpenedIn(kind, method);
        assertThat(accepted.origin()).isEqualTo(Origin.ACCEPTED);
        assertThat(accepted.state()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(quietSnapshot.report().culprit(accepted.opened())).contains(FrameText.in(kind, method));
        assertThat(quietSnapshot.report().culprit(accepted.listenerOpened())).contains(FrameText.in(kind, "listen"));
    }
}
