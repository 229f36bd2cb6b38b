// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.KeyFile;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.kind.BlockedAccepts;
import io.github.sockblame.it.scenario.leak.LeaksBeforeAndAfter;
import io.github.sockblame.it.scenario.leak.OpenedBefore;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The agent comes into a program that runs already. */
class AttachIT {

    private static final List<String> READS =
            List.of("readStream", "readChannel", "readAsynchronous", "readTls", "readTlsLayer");

    private static final List<String> OPENED_BEFORE = List.of(
            "readStream",
            "readBlocked",
            "readChannel",
            "readAsynchronous",
            "readTls",
            "readTlsLayer",
            "closeRegistered",
            "closedListener",
            "collectedChannel");

    @OnEveryJdk
    void lateAgentFindsEarlyLeaksAndNamesLaterOnes(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, LeaksBeforeAndAfter.class).start()) {
            target.awaitCheckpoint("early");
            attach(jdk, target, "--options", "grace=1ms");
            QuietSnapshot early = QuietSnapshot.moment(target);
            early.checkTotals();
            assertThat(early.report().openedIn(LeaksBeforeAndAfter.class, "main"))
                    .isEmpty();
            assertThat(early.report().report().program().attachedLate()).isTrue();

            Output again = attach(jdk, target, "--options", "grace=1h");
            assertThat(again.out()).contains("is already in JVM");
            target.proceedTo("late");
            ReportView late = Await.value(
                    "seven leaks",
                    () -> Optional.of(target.report())
                            .filter(report -> report.report().totals().leaked() == 7));

            assertThat(late.openedIn(LeaksBeforeAndAfter.class, "leakLate"))
                    .hasSize(4)
                    .allMatch(socket -> socket.origin() == Origin.OPENED && socket.verdict() == Verdict.FORGOTTEN);
            List<Socket> before = late.report().sockets().stream()
                    .filter(socket -> socket.verdict() == Verdict.ABANDONED)
                    .toList();
            assertThat(before)
                    .hasSize(3)
                    .allMatch(socket -> socket.origin() == Origin.BEFORE_AGENT && socket.opened() == null);
            assertThat(late.report().sites()).hasSize(2);
            Site untracked = late.report().sites().get(1);
            assertThat(untracked.count()).isEqualTo(3);
            assertThat(untracked.opened()).isNull();
            assertThat(untracked.verdict()).isEqualTo(Verdict.ABANDONED);
            QuietSnapshot.moment(target).checkTotals();

            Output leaks = Viewer.on(jdk).call("leaks", target.pidText());
            assertThat(leaks.status()).isEqualTo(1);
            assertThat(leaks.out()).contains("LeaksBeforeAndAfter.leakLate(", "opened before the agent started");
        }
    }

    @OnEveryJdk
    void lateAgentAdoptsOpenSocketAtItsNextEvent(TargetJdk jdk) throws Exception {
        try (TargetProcess target =
                TargetJvm.of(jdk, OpenedBefore.class).arguments(KeyFile.make()).start()) {
            target.awaitCheckpoint("opened");
            attach(jdk, target, "--options", "grace=1ms");
            QuietSnapshot opened = QuietSnapshot.moment(target);
            opened.checkTotals();
            Map<String, Socket> sockets = new HashMap<>();
            for (String name : OPENED_BEFORE) {
                sockets.put(name, opened.report().theOneOnPort(target.number(name)));
                checkUntracked(opened, sockets, name);
            }

            target.proceedTo("told");
            Await.until("all verdicts", () -> target.report().report().totals().leaked() == READS.size() + 1);
            QuietSnapshot told = QuietSnapshot.moment(target);
            told.checkTotals();
            for (String read : READS) {
                Socket socket = adopted(told, sockets, read);
                assertThat(socket.verdict()).isEqualTo(Verdict.FORGOTTEN);
                assertThat(socket.closing()).isNull();
                String reader = read.equals("readAsynchronous") ? "$Told.completed(" : "." + read + "(";
                assertThat(told.report().culprit(socket.eofOrCloseNotify())).contains(".OpenedBefore" + reader);
                assertThat(socket.closeNotify() != null).isEqualTo(read.startsWith("readTls"));
            }
            // the read that was blocked when the agent came goes on as it was: that it was told is not known
            Socket blocked = sameIn(told, sockets, "readBlocked");
            assertThat(blocked.origin()).isEqualTo(Origin.BEFORE_AGENT);
            assertThat(blocked.verdict()).isEqualTo(Verdict.ABANDONED);

            target.proceedTo("closed");
            Await.until("one more leak", () -> target.report().report().totals().leaked() == READS.size() + 2);
            QuietSnapshot closed = QuietSnapshot.moment(target);
            closed.checkTotals();
            Socket zombie = adopted(closed, sockets, "closeRegistered");
            assertThat(zombie.verdict()).isEqualTo(Verdict.ZOMBIE);
            assertThat(zombie.state()).isIn(TcpState.FIN_WAIT2, TcpState.CLOSE); // its peer follows
            assertThat(closed.report().culprit(zombie.closing())).contains(".OpenedBefore.closeRegistered(");
            checkUntracked(closed, sockets, "closedListener");
            checkUntracked(closed, sockets, "collectedChannel");
            assertThat(Viewer.on(jdk).call("leaks", target.pidText()).out())
                    .contains("sockets opened earlier have no opening stack")
                    .contains("opened before the agent started: the culprit is unknown");
        }
    }

    private static void checkUntracked(QuietSnapshot moment, Map<String, Socket> sockets, String name) {
        Socket socket = sameIn(moment, sockets, name);
        boolean listening = name.equals("closedListener");
        assertThat(socket.origin()).as(name).isEqualTo(Origin.BEFORE_AGENT);
        assertThat(socket.verdict()).as(name).isEqualTo(Verdict.NONE);
        assertThat(socket.opened()).isNull();
        assertThat(socket.state()).as(name).isEqualTo(listening ? TcpState.LISTEN : TcpState.ESTABLISHED);
        assertThat(socket.local()).isNotNull();
        assertThat(socket.remote())
                .isNotNull()
                .satisfies(remote -> assertThat(remote.port() == 0).isEqualTo(listening));
    }

    /** It is known now, but still not who opened it. */
    private static Socket adopted(QuietSnapshot moment, Map<String, Socket> sockets, String name) {
        Socket socket = sameIn(moment, sockets, name);
        assertThat(socket.origin()).as(name).isEqualTo(Origin.ADOPTED);
        assertThat(socket.opened()).isNull();
        Site site = moment.report().siteOf(socket);
        assertThat(site.opened()).isNull();
        assertThat(site.evidence()).anyMatch(line -> line.startsWith("opened before the agent's hooks were in place"));
        return socket;
    }

    private static Socket sameIn(QuietSnapshot moment, Map<String, Socket> sockets, String name) {
        Socket before = requireNonNull(sockets.get(name));
        assertThat(moment.kernel().inodes()).containsEntry(before.fd(), before.inode());
        return moment.report().theOneWithInode(before.inode());
    }

    /**
     * A method that is running while it is woven goes on as it was: what such a call accepts is tracked without its listener, and
     * nothing says that it was accepted but the stack. An asynchronous accept runs when the connection comes.
     */
    @OnEveryJdk
    void lateAgentTracksBlockedAccept(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, BlockedAccepts.class).start()) {
            target.awaitCheckpoint("first blocked");
            attach(jdk, target);
            target.proceedTo("first accepted");
            checkAccepted(target, "first", Origin.OPENED);
            target.proceedTo("second blocked").proceedTo("second accepted");
            checkAccepted(target, "second", Origin.ACCEPTED);
        }
    }

    private static void checkAccepted(TargetProcess target, String time, Origin ofBlocked) throws Exception {
        QuietSnapshot moment = QuietSnapshot.moment(target);
        moment.checkTotals();
        for (String kind : List.of("socket", "channel", "adaptor", "asynchronous")) {
            int port = target.number(time + " " + kind);
            Socket accepted = moment.report().theOneFromPort(port);
            assertThat(moment.report().theOneOnPort(port).origin()).isEqualTo(Origin.OPENED);
            assertThat(accepted.listenerOpened()).isNull();
            boolean asynchronous = kind.equals("asynchronous");
            assertThat(accepted.origin()).as(kind).isEqualTo(asynchronous ? Origin.ACCEPTED : ofBlocked);
            assertThat(moment.report().stack(accepted.opened()))
                    .contains(asynchronous ? "UnixAsynchronousServerSocketChannelImpl.onEvent(" : ".accept(")
                    .contains(asynchronous ? "EPollPort" : ".BlockedAccepts.lambda$");
        }
    }

    private static Output attach(TargetJdk jdk, TargetProcess target, String... options) throws Exception {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "attach";
        arguments[1] = target.pidText();
        System.arraycopy(options, 0, arguments, 2, options.length);
        Output attached = Viewer.on(jdk).call(arguments);
        assertThat(attached.status()).as("%s", attached).isZero();
        assertThat(attached.err()).isEmpty();
        target.isWatchedNow();
        return attached;
    }
}
