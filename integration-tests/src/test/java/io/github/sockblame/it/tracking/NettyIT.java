// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.KernelView;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.kind.FourKinds;
import io.github.sockblame.it.scenario.netty.NettyCopies;
import io.github.sockblame.it.scenario.netty.NettyEcho;
import io.github.sockblame.it.scenario.netty.NettyPair;
import io.github.sockblame.it.scenario.netty.RingAvailable;
import io.github.sockblame.it.scenario.netty.ShadedNettyPair;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Sockets of Netty's native transports, which no method of the JDK ever sees. */
class NettyIT {

    @OnEveryJdk
    void epollOfNetty41(TargetJdk jdk) throws Exception {
        checkEcho(echo(jdk, "netty41", "epoll"));
    }

    @OnEveryJdk
    void epollOfNetty42(TargetJdk jdk) throws Exception {
        checkEcho(echo(jdk, "netty42", "epoll"));
    }

    @OnEveryJdk
    void epollOfAnEarlyNetty41(TargetJdk jdk) throws Exception {
        checkEcho(echo(jdk, "netty41-early", "epoll"));
    }

    @OnEveryJdk
    void ringOfNetty42(TargetJdk jdk) throws Exception {
        Requires.that(hasRing(), "this kernel does not allow io_uring");
        checkEcho(echo(jdk, "netty42", "io_uring"));
    }

    @OnEveryJdk
    void epollOfNetty42InNamedModules(TargetJdk jdk) throws Exception {
        checkEcho(TargetJvm.of(jdk, NettyEcho.class)
                .jvm("-p", TestEnvironment.jarFolder("netty42").toString(), "--add-modules", "ALL-MODULE-PATH")
                .arguments("epoll", unixPath()));
    }

    @OnEveryJdk
    void agentLeavesNettyProgramUnchanged(TargetJdk jdk) throws Exception {
        for (String netty : List.of("netty41", "netty42")) {
            Output plain = runEcho(echo(jdk, netty, "epoll"));
            Output watched = runEcho(echo(jdk, netty, "epoll").watched());

            assertThat(watched).as(netty).isEqualTo(plain);
            assertThat(watched.status()).isZero();
        }
    }

    @OnEveryJdk
    void nettyProgramContinuesAfterDetach(TargetJdk jdk) throws Exception {
        Output plain = runEcho(echo(jdk, "netty42", "epoll"));
        try (TargetProcess target = echo(jdk, "netty42", "epoll").watched().start()) {
            target.awaitCheckpoint("open");
            assertThat(nettyHooks(target.report())).isNotEmpty().allMatch(hook -> hook.state() == HookState.WOVEN);
            Output detached = Viewer.on(jdk).call("detach", target.pidText());
            assertThat(detached.status()).as("%s", detached).isZero();
            target.isWatchedNoLonger();

            Output output = target.proceedTo("told").proceedTo("closed").finish();
            assertThat(output).isEqualTo(plain);
        }
    }

    @OnEveryJdk
    void lateAgentHooksRunningNettyServer(TargetJdk jdk) throws Exception {
        try (TargetProcess target = echo(jdk, "netty41", "epoll", "early").start()) {
            target.awaitCheckpoint("early");
            Output attached = Viewer.on(jdk).call("attach", target.pidText());
            assertThat(attached.status()).as("%s", attached).isZero();
            target.isWatchedNow();

            ReportView report = target.proceedTo("open").report();
            assertThat(report.theOneOpenedIn(NettyEcho.class, "connect").origin())
                    .isEqualTo(Origin.OPENED);
            assertThat(accepted(report))
                    .hasSize(2)
                    .allSatisfy(socket -> assertThat(socket.listenerOpened()).isNull());
            assertThat(report.report().sockets())
                    .filteredOn(socket -> socket.origin() == Origin.BEFORE_AGENT && socket.protocol() == Protocol.TCP)
                    .extracting(Socket::state)
                    .containsExactlyInAnyOrder(TcpState.ESTABLISHED, TcpState.ESTABLISHED);
            assertThat(report.report().sockets())
                    .as("it has accepted meanwhile")
                    .filteredOn(socket -> socket.origin() == Origin.ADOPTED && socket.state() == TcpState.LISTEN)
                    .hasSize(1);
            assertThat(nettyHooks(report)).isNotEmpty().allMatch(hook -> hook.state() == HookState.WOVEN);

            target.proceedTo("told");
            awaitForgotten(target, 2);
            checkClosed(target, QuietSnapshot.moment(target));
        }
    }

    @OnEveryJdk
    void agentHooksRenamedNetty(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, ShadedNettyPair.class)
                .carrying(TestEnvironment.jars("grpc"))
                .watched("grace=1s")
                .start()) {
            target.awaitCheckpoint("told");
            ReportView report = awaitForgotten(target, 1);

            Socket forgotten = forgotten(report).get(0);
            assertThat(report.culprit(forgotten.listenerOpened())).contains(".ShadedNettyPair.listen(");
            assertThat(report.culprit(forgotten.eof())).isEqualTo("no culprit");
            assertThat(report.stack(forgotten.eof())).contains("shaded.io.netty.channel.epoll.");
            assertThat(report.culprit(report.theOneOpenedIn(ShadedNettyPair.class, "connect")
                            .opened()))
                    .contains(".ShadedNettyPair.connect(");
            assertThat(hookNames(report)).contains("io.grpc.netty.shaded.io.netty.channel.unix.Socket.<init>");
        }
    }

    @OnEveryJdk
    void agentHooksNettyInTwoClassLoaders(TargetJdk jdk) throws Exception {
        try (TargetProcess target =
                copies(jdk, "seeing", "seeing").watched("grace=1s").start()) {
            target.awaitCheckpoint("told");
            ReportView report = awaitForgotten(target, 2);

            assertThat(report.openedIn(NettyPair.class, "connect")).hasSize(2);
            assertThat(nettyHooks(report)).isNotEmpty().allSatisfy(hook -> {
                assertThat(hook.state()).isEqualTo(HookState.WOVEN);
                assertThat(hook.detail()).isEqualTo("in 2 class loaders");
            });
        }
    }

    @OnEveryJdk
    void nettyWithoutProbeStaysUnwovenAndReported(TargetJdk jdk) throws Exception {
        // not "watched", which is to expect that no hook is missing
        try (TargetProcess target = copies(jdk, "seeing", "blind")
                .jvm("-javaagent:" + TestEnvironment.agentJar())
                .start()) {
            target.awaitCheckpoint("told");
            ReportView report = QuietSnapshot.moment(target).report();

            assertThat(report.openedIn(NettyPair.class, "connect")).hasSize(1);
            assertThat(nettyHooks(report))
                    .filteredOn(hook -> hook.method().matches(".*\\.Socket\\.(<init>|accept)"))
                    .hasSize(2)
                    .allSatisfy(hook -> {
                        assertThat(hook.state()).isEqualTo(HookState.MISSING);
                        assertThat(hook.detail())
                                .contains("in 1 of 2 class loaders")
                                .contains("does not see the agent's probe");
                    });
            assertThat(report.report().agent().internalErrors()).isZero();
            assertThat(report.report().agent().unconfirmed()).isZero();
        }
    }

    @OnEveryJdk
    void programWithoutNettyHasNoNettyHooks(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, FourKinds.class).watched().start()) {
            ReportView report = target.awaitCheckpoint("done").report();
            assertThat(hookNames(report)).isNotEmpty().noneMatch(name -> name.contains("netty"));
        }
    }

    /** The conversation from its beginning to its end; the JVM verifies every class, and would refuse a wrong one. */
    private static void checkEcho(TargetJvm jvm) throws Exception {
        try (TargetProcess target = jvm.watched("grace=1s").jvm("-Xverify:all").start()) {
            target.awaitCheckpoint("open");
            checkOpen(QuietSnapshot.moment(target));

            target.proceedTo("told");
            ReportView report = awaitForgotten(target, 2);
            for (Socket socket : forgotten(report)) {
                assertThat(socket.confidence())
                        .as("whether native code goes on with its own half is not seen")
                        .isEqualTo(Confidence.PROBABLE);
                assertThat(socket.eof())
                        .isNotNull()
                        .satisfies(eof -> assertThat(eof.thread()).isEqualTo("event-loop"));
                assertThat(report.stack(socket.eof())).contains("io.netty.channel.");
                assertThat(report.culprit(socket.eof())).isEqualTo("no culprit");
            }
            assertThat(report.culprit(theOne(forgotten(report), Origin.OPENED).opened()))
                    .contains(".NettyEcho.serverLeaves(");
            assertThat(report.culprit(theOne(forgotten(report), Origin.ACCEPTED).listenerOpened()))
                    .contains(".NettyEcho.listen(");

            checkClosed(target, QuietSnapshot.moment(target));
        }
    }

    private static void checkOpen(QuietSnapshot quietSnapshot) {
        ReportView report = quietSnapshot.report();
        assertThat(quietSnapshot.reportedInodes())
                .isEqualTo(quietSnapshot.kernel().inodes());
        assertThat(report.report().sockets())
                .as("the JDK has untracked sockets of its own, and they are of the Unix domain")
                .filteredOn(socket -> !socket.origin().isTracked())
                .allMatch(socket -> socket.protocol() == Protocol.UNIX);

        assertThat(report.theOneOpenedIn(NettyEcho.class, "listen").state()).isEqualTo(TcpState.LISTEN);
        assertThat(report.theOneOpenedIn(NettyEcho.class, "connect").state()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(report.theOneOpenedIn(NettyEcho.class, "unixListen").protocol())
                .isEqualTo(Protocol.UNIX);
        assertThat(report.theOneOpenedIn(NettyEcho.class, "unixConnect").protocol())
                .isEqualTo(Protocol.UNIX);
        assertThat(report.theOneOpenedIn(NettyEcho.class, "datagram").protocol())
                .isEqualTo(Protocol.UDP);
        for (String method : List.of("listen", "connect", "unixListen", "unixConnect", "datagram")) {
            Socket socket = report.theOneOpenedIn(NettyEcho.class, method);
            assertThat(socket.origin()).isEqualTo(Origin.OPENED);
            assertThat(socket.eof()).isNull();
            assertThat(report.culprit(socket.opened())).contains(".NettyEcho." + method + "(");
        }
        assertThat(accepted(report))
                .extracting(socket -> report.culprit(socket.listenerOpened())
                        .replaceFirst(".*\\.NettyEcho\\.", "")
                        .replaceFirst("\\(.*", ""))
                .containsExactlyInAnyOrder("listen", "unixListen");
        assertThat(nettyHooks(report))
                .hasSizeGreaterThanOrEqualTo(5)
                .allMatch(hook -> hook.state() == HookState.WOVEN && hook.detail() == null);
    }

    private static void checkClosed(TargetProcess target, QuietSnapshot before) throws Exception {
        List<Socket> ofNetty = before.report().report().sockets().stream()
                .filter(socket -> before.report().stack(socket.opened()).contains("io.netty."))
                .toList();
        assertThat(ofNetty).hasSizeGreaterThanOrEqualTo(7);

        target.proceedTo("closed");
        Await.until("Netty's sockets to be gone from the kernel", () -> {
            KernelView kernel = KernelView.of(target.pid());
            return ofNetty.stream().noneMatch(socket -> kernel.has(socket.inode()));
        });
        QuietSnapshot closed = QuietSnapshot.moment(target);
        assertThat(closed.reportedInodes()).isEqualTo(closed.kernel().inodes());
        assertThat(closed.report().report().sockets())
                .noneMatch(socket -> closed.report().stack(socket.opened()).contains("io.netty."));
    }

    private static ReportView awaitForgotten(TargetProcess target, int count) throws Exception {
        return Await.value(
                count + " forgotten connections",
                () -> Optional.of(target.report())
                        .filter(report -> forgotten(report).size() == count));
    }

    private static List<Socket> forgotten(ReportView report) {
        return report.report().sockets().stream()
                .filter(socket -> socket.verdict() == Verdict.FORGOTTEN)
                .toList();
    }

    private static Socket theOne(List<Socket> sockets, Origin origin) {
        List<Socket> ofOrigin =
                sockets.stream().filter(socket -> socket.origin() == origin).toList();
        assertThat(ofOrigin).as("%s sockets", origin).hasSize(1);
        return ofOrigin.get(0);
    }

    /** What Netty accepted; a test that asks the agent over JMX makes the JDK accept connections, too. */
    private static List<Socket> accepted(ReportView report) {
        return report.report().sockets().stream()
                .filter(socket -> socket.origin() == Origin.ACCEPTED
                        && report.stack(socket.opened()).contains("io.netty."))
                .toList();
    }

    private static List<Hook> nettyHooks(ReportView report) {
        return report.report().agent().hooks().stream()
                .filter(hook -> hook.method().contains("netty."))
                .toList();
    }

    private static List<String> hookNames(ReportView report) {
        return report.report().agent().hooks().stream().map(Hook::method).toList();
    }

    private static Output runEcho(TargetJvm jvm) throws Exception {
        try (TargetProcess target = jvm.start()) {
            target.awaitCheckpoint("open");
            target.proceedTo("told");
            target.proceedTo("closed");
            return target.finish();
        }
    }

    private static TargetJvm echo(TargetJdk jdk, String netty, String transport, String... more) throws Exception {
        return TargetJvm.of(jdk, NettyEcho.class)
                .carrying(TestEnvironment.jars(netty))
                .arguments(transport, unixPath())
                .arguments(more);
    }

    private static String unixPath() throws IOException {
        return TestEnvironment.newFolder("netty").resolve("s").toString();
    }

    private static TargetJvm copies(TargetJdk jdk, String... kinds) throws Exception {
        return TargetJvm.of(jdk, NettyCopies.class)
                .carrying(TestEnvironment.jars("netty42"))
                .arguments(kinds);
    }

    /** Asked without the agent. */
    private static boolean hasRing() throws Exception {
        try (TargetProcess target = TargetJvm.of(TargetJdk.ofThisJvm(), RingAvailable.class)
                .carrying(TestEnvironment.jars("netty42"))
                .start()) {
            target.awaitCheckpoint("asked");
            return target.printed().contains("io_uring true\n");
        }
    }
}
