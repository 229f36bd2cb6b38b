// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.KeyFile;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.scenario.end.AsynchronousReads;
import io.github.sockblame.it.scenario.end.EndsOfFile;
import io.github.sockblame.it.scenario.end.EngineOverChannel;
import io.github.sockblame.it.scenario.end.TlsReadAfterClose;
import io.github.sockblame.it.scenario.kind.TlsChannel;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.util.List;
import java.util.Optional;

/** Whoever was told by {@code read} that the peer closed is named, however it read. */
class EndOfFileIT {

    private static final List<String> READS =
            List.of("readStream", "readChannel", "readScattered", "readAdaptor", "readWithoutBlocking");

    @OnEveryJdk
    void reportNamesEveryReadAtEndOfFile(TargetJdk jdk) throws Exception {
        try (TargetProcess target =
                TargetJvm.of(jdk, EndsOfFile.class).watched("grace=1ms").start()) {
            target.awaitCheckpoint("told");
            ReportView report = Await.value(
                    "five leaks",
                    () -> Optional.of(target.report())
                            .filter(seen -> seen.report().totals().leaked() == READS.size()));

            for (String read : READS) {
                Socket socket = report.theOneOpenedIn(EndsOfFile.class, read);
                assertThat(report.culprit(socket.eof())).contains(".EndsOfFile." + read + "(");
                assertThat(socket.eof())
                        .isNotNull()
                        .satisfies(eof -> assertThat(eof.thread()).isEqualTo("main"));
                assertThat(socket.state()).isEqualTo(TcpState.CLOSE_WAIT);
                assertThat(socket.verdict()).isEqualTo(Verdict.FORGOTTEN);
                assertThat(socket.confidence()).isEqualTo(Confidence.CERTAIN);
            }
            assertThat(report.report().sites()).hasSize(READS.size());
        }
    }

    /** The thread that reads is the group's, and has no frame of the program's on its stack: the one to name is the handler. */
    @OnEveryJdk
    void asynchronousChannelNamesHandlerOfEndOfFile(TargetJdk jdk) throws Exception {
        try (TargetProcess target =
                TargetJvm.of(jdk, AsynchronousReads.class).watched("grace=1ms").start()) {
            target.awaitCheckpoint("told");
            Await.until("five leaks", () -> target.report().report().totals().leaked() == 5);
            QuietSnapshot moment = QuietSnapshot.moment(target);
            moment.checkTotals();
            ReportView report = moment.report();

            checkCulprit(report, "readPending", "$Told.completed(Unknown Source)");
            checkCulprit(report, "readScattered", "$1.completed(Unknown Source)");
            checkCulprit(report, "readAgain", "$Again.completed(");
            checkCulprit(report, "forReadAtOnce", ".readAtOnce(AsynchronousReads.java:");
            Socket ofFuture = report.theOneOpenedIn(AsynchronousReads.class, "readInFuture");
            assertThat(report.culprit(ofFuture.eof())).isEqualTo("no culprit");
            assertThat(report.stack(ofFuture.eof())).contains(".finishRead(");
            assertThat(report.stack(report.theOneOpenedIn(AsynchronousReads.class, "readPending")
                            .eof()))
                    .contains(
                            "$Told.completed(Unknown Source)\nsun.nio.ch.UnixAsynchronousSocketChannelImpl.finishRead(")
                    .doesNotContain("SocketDispatcher");
        }
    }

    /** What is read from a closed socket says nothing of the one that has its number now, and the closed one does not come back. */
    @OnEveryJdk
    void tlsReadAfterCloseMarksNoSocket(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, TlsReadAfterClose.class)
                .arguments(KeyFile.make())
                .watched()
                .start()) {
            QuietSnapshot moment = QuietSnapshot.moment(target.awaitCheckpoint("read"));

            moment.checkTotals();
            assertThat(moment.report().openedIn(TlsReadAfterClose.class, "closed"))
                    .isEmpty();
            assertThat(moment.report().openedIn(TlsReadAfterClose.class, "openAfterwards"))
                    .hasSize(4)
                    .allMatch(socket -> socket.eofOrCloseNotify() == null && socket.verdict() == Verdict.NONE);
            assertThat(moment.report().report().sockets()).noneMatch(socket -> socket.origin() == Origin.ADOPTED);
        }
    }

    /** An engine knows no descriptor: that it was told the end of TLS is not seen, and the kernel's word is all there is. */
    @OnEveryJdk
    void finDecidesForEngineOverChannel(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, EngineOverChannel.class)
                .arguments(KeyFile.make())
                .watched("grace=1ms")
                .start()) {
            QuietSnapshot open = QuietSnapshot.moment(target.awaitCheckpoint("open"));
            assertThat(open.report().openedIn(TlsChannel.class, "connect"))
                    .hasSize(3)
                    .allMatch(socket -> socket.verdict() == Verdict.NONE);

            target.proceedTo("told");
            Await.until("both leaks", () -> target.report().report().totals().leaked() == 2);
            QuietSnapshot told = QuietSnapshot.moment(target);
            told.checkTotals();
            ReportView report = told.report();
            assertThat(report.openedIn(TlsChannel.class, "connect")).hasSize(2);
            Socket forgets = report.theOneOpenedIn(EngineOverChannel.class, "openForgets");
            assertThat(forgets.state()).isEqualTo(TcpState.CLOSE_WAIT);
            assertThat(forgets.recvQ()).isZero();
            assertThat(forgets.eofOrCloseNotify()).isNull();
            assertThat(forgets.verdict()).isEqualTo(Verdict.ABANDONED);
            assertThat(report.siteOf(forgets).evidence())
                    .anyMatch(line -> line.contains("no read was seen to return -1"));
            Socket readsOn = report.theOneOpenedIn(EngineOverChannel.class, "openReadsOn");
            assertThat(readsOn.verdict()).isEqualTo(Verdict.FORGOTTEN);
            assertThat(report.culprit(readsOn.eof())).contains(".EngineOverChannel.readOn(");
            assertThat(readsOn.closeNotify()).isNull();
            assertThat(report.openedIn(EngineOverChannel.class, "openCloses")).isEmpty();
        }
    }

    private static void checkCulprit(ReportView report, String opened, String culprit) {
        Socket socket = report.theOneOpenedIn(AsynchronousReads.class, opened);
        assertThat(socket.verdict()).isEqualTo(Verdict.FORGOTTEN);
        assertThat(report.culprit(socket.eof())).contains(".AsynchronousReads" + culprit);
    }
}
