// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import java.time.Instant;
import java.util.List;

/** Sockets of every kind are tracked from where the program opened or accepted them. */
class KindsIT {

    @OnEveryJdk
    void everyKindIsOpenedAndAcceptedWhereTheProgramDoesSo(TargetJdk jdk) throws Exception {
        Instant before = Instant.now();
        try (TargetProcess target = TargetJvm.of(jdk, "AllKinds").watched().start()) {
            QuietSnapshot quietSnapshot = QuietSnapshot.moment(target.awaitCheckpoint("open"));
            Instant after = Instant.now();

            for (String kind : List.of("BlockingSockets", "BlockingChannels", "SelectedChannels", "AdaptedChannels")) {
                checkOpened(quietSnapshot, kind, "opens " + kind, before, after);
            }
            checkAccepted(quietSnapshot, "BlockingSockets", "accept");
            checkAccepted(quietSnapshot, "BlockingSockets", "acceptTimed");
            checkAccepted(quietSnapshot, "BlockingChannels", "accept");
            checkAccepted(quietSnapshot, "SelectedChannels", "accept");
            checkAccepted(quietSnapshot, "AdaptedChannels", "accept");
            checkAccepted(quietSnapshot, "AdaptedChannels", "acceptTimed");
        }
    }

    @OnEveryJdk
    void virtualThreadsAreThreadsLikeOthers(TargetJdk jdk) throws Exception {
        Requires.virtualThreads(jdk);
        Instant before = Instant.now();
        try (TargetProcess target =
                TargetJvm.of(jdk, "VirtualThreads").watched().start()) {
            QuietSnapshot quietSnapshot = QuietSnapshot.moment(target.awaitCheckpoint("open"));

            for (String kind : List.of("BlockingSockets", "BlockingChannels")) {
                checkOpened(quietSnapshot, kind, "virtual thread #", before, Instant.now());
                checkAccepted(quietSnapshot, kind, "accept");
            }
        }
    }

    private static void checkOpened(
            QuietSnapshot quietSnapshot, String kind, String thread, Instant before, Instant after) {
        ReportView report = quietSnapshot.report();
        Socket listener = report.theOneOpenedIn(kind + ".listen");
        assertThat(listener.state()).isEqualTo(TcpState.LISTEN);
        assertThat(report.openedIn(kind + ".connect")).isNotEmpty();
        for (Socket socket : report.openedIn(kind + ".<init>")) {
            boolean client = report.openedIn(kind + ".connect").contains(socket);
            assertThat(socket.protocol()).isEqualTo(Protocol.TCP);
            assertThat(socket.opened()).isNotNull().satisfies(opened -> {
                assertThat(opened.thread()).startsWith(thread);
                // the clock of the report has milliseconds
                assertThat(opened.at()).isBetween(before.minusMillis(1), after);
            });
            assertThat(report.culprit(socket.opened())).contains("." + kind + ".");
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

    private static void checkAccepted(QuietSnapshot quietSnapshot, String kind, String method) {
        Socket accepted = quietSnapshot.report().theOneOpenedIn(kind + "." + method);
        assertThat(accepted.origin()).isEqualTo(Origin.ACCEPTED);
        assertThat(accepted.state()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(quietSnapshot.report().culprit(accepted.opened())).contains("." + kind + "." + method + "(");
        assertThat(quietSnapshot.report().culprit(accepted.listenerOpened())).contains("." + kind + ".listen(");
    }
}
