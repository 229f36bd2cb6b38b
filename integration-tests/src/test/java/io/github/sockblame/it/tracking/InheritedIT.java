// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.Tool;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.end.InheritedSocket;
import io.github.sockblame.it.scenario.kind.FileBeforeSocket;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * A socket that the JVM was started with, as inetd and systemd do: descriptor 0, of which the JDK makes a second one for its channel. And one that
 * only looks like it.
 */
class InheritedIT {

    private static final String CONNECT = "exec 3<&0 0<>/dev/tcp/127.0.0.1/$0; exec \"$@\"";

    private static final String LISTEN_IN_PERL = """
            use Socket;
            use POSIX qw(dup2);
            dup2(0, 3);
            socket(my $listener, PF_INET, SOCK_STREAM, 0) or die $!;
            bind($listener, pack_sockaddr_in(0, INADDR_LOOPBACK)) or die $!;
            listen($listener, 5) or die $!;
            dup2(fileno($listener), 0);
            exec @ARGV;
            """;

    @OnEveryJdk
    void inheritedConnectionCountsOnceWithTwoDescriptors(TargetJdk jdk) throws Exception {
        Requires.tool(Tool.BASH);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TargetProcess target = watched(jdk)
                        .through("bash", "-c", CONNECT, Integer.toString(listener.getLocalPort()))
                        .start()) {
            java.net.Socket peer = listener.accept();
            checkInherited(target, TcpState.ESTABLISHED);

            peer.close();
            target.proceedTo("used");
            Await.until("one leak", () -> target.report().report().totals().leaked() == 1);
            QuietSnapshot used = QuietSnapshot.moment(target);
            used.checkTotals();
            assertThat(used.report().report().sites()).hasSize(1);
            Socket channel = used.report().theOneOpenedIn(InheritedSocket.class, "inherit");
            assertThat(used.report().siteOf(channel).count()).isEqualTo(1);
            assertThat(channel.verdict()).isEqualTo(Verdict.FORGOTTEN);
            assertThat(used.report().culprit(channel.eof())).contains(".InheritedSocket.read(");
            assertThat(zero(used).verdict()).isEqualTo(Verdict.NONE);
            assertThat(Viewer.on(jdk).call("leaks", target.pidText()).out())
                    .contains(", 1 duplicated from another descriptor\n");

            checkClosed(target, channel.inode());
        }
    }

    @OnEveryJdk
    void inheritedListenerCountsOnceWithTwoDescriptors(TargetJdk jdk) throws Exception {
        Requires.tool(Tool.PERL);
        try (TargetProcess target =
                watched(jdk).through("perl", "-e", LISTEN_IN_PERL).start()) {
            checkInherited(target, TcpState.LISTEN);

            QuietSnapshot used = QuietSnapshot.moment(target.proceedTo("used"));
            used.checkTotals();
            Socket accepted = used.report().theOneOpenedIn(InheritedSocket.class, "acceptOne");
            assertThat(accepted.origin()).isEqualTo(Origin.ACCEPTED);
            assertThat(used.report().culprit(accepted.listenerOpened())).contains(".InheritedSocket.inherit(");
            assertThat(used.report().report().sites()).isEmpty();

            checkClosed(target, zero(used).inode());
        }
    }

    @OnEveryJdk
    void socketThatTheJdkMakesForItselfIsNotInherited(TargetJdk jdk) throws Exception {
        try (TargetProcess target =
                TargetJvm.of(jdk, FileBeforeSocket.class).watched().start()) {
            QuietSnapshot moment = QuietSnapshot.moment(target.awaitCheckpoint("listens"));
            moment.checkTotals();
            assertThat(moment.report().report().sockets())
                    .extracting(Socket::origin)
                    .contains(Origin.NOT_SEEN)
                    .doesNotContain(Origin.BEFORE_AGENT);
            assertThat(Viewer.on(jdk).call("leaks", target.pidText()).out())
                    .contains("opened by native code (the JDK's own included)")
                    .doesNotContain("before the agent");
        }
    }

    private static TargetJvm watched(TargetJdk jdk) {
        return TargetJvm.of(jdk, InheritedSocket.class).watched("grace=1ms");
    }

    private static void checkInherited(TargetProcess target, TcpState state) throws Exception {
        QuietSnapshot started = QuietSnapshot.moment(target.awaitCheckpoint("started"));
        started.checkTotals();
        assertThat(zero(started).origin()).isEqualTo(Origin.BEFORE_AGENT);
        assertThat(zero(started).state()).isEqualTo(state);

        QuietSnapshot inherited = QuietSnapshot.moment(target.proceedTo("inherited"));
        inherited.checkTotals();
        Socket channel = inherited.report().theOneOpenedIn(InheritedSocket.class, "inherit");
        assertThat(channel.origin()).isEqualTo(Origin.OPENED);
        assertThat(channel.state()).isEqualTo(state);
        assertThat(inherited.report().culprit(channel.opened())).contains(".InheritedSocket.inherit(");
        assertThat(zero(inherited).inode()).isEqualTo(zero(started).inode()).isEqualTo(channel.inode());
        assertThat(zero(inherited).origin()).isEqualTo(Origin.DUPLICATE);
    }

    /** With its channel the JDK closes descriptor 0 as well. */
    private static void checkClosed(TargetProcess target, long inode) throws Exception {
        QuietSnapshot closed = QuietSnapshot.moment(target.proceedTo("closed"));
        closed.checkTotals();
        assertThat(closed.kernel().has(inode)).isFalse();
        assertThat(closed.report().openedIn(InheritedSocket.class, "inherit")).isEmpty();
    }

    private static Socket zero(QuietSnapshot moment) {
        return moment.report().report().sockets().stream()
                .filter(socket -> socket.fd() == 0)
                .findFirst()
                .orElseThrow();
    }
}
