// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.MountNamespace;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.scenario.fault.RefusedConnect;
import io.github.sockblame.it.scenario.fault.ReusedNumbers;
import io.github.sockblame.it.scenario.fault.UnreadConnections;
import io.github.sockblame.it.scenario.leak.LeakyProgram;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.Source;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import io.github.sockblame.report.text.HealthText;
import java.util.Optional;

/** What the agent cannot find out in some JVMs and on some machines: the report names it, and blames no code for it. */
class LimitsIT {

    private static final int LEAKED = 3;
    private static final int REUSED = 5;
    private static final int UNREAD = 3;

    @OnEveryJdk
    void jvmThatRecordsNoStacksIsNamed(TargetJdk jdk) throws Exception {
        Report report = judged(TargetJvm.of(jdk, LeakyProgram.class).jvm("-XX:-StackTraceInThrowable"));

        assertThat(report.stacks()).allMatch(stack -> stack.frames().isEmpty());
        assertThat(limit(report, Source.STACK_TRACES)).contains("records none (-XX:-StackTraceInThrowable)");
    }

    @OnEveryJdk
    void jvmThatCutsStacksIsNamed(TargetJdk jdk) throws Exception {
        Report report = judged(TargetJvm.of(jdk, LeakyProgram.class).jvm("-XX:MaxJavaStackTraceDepth=4"));

        assertThat(report.stacks()).allMatch(stack -> stack.frames().size() <= 4);
        assertThat(limit(report, Source.STACK_TRACES))
                .contains("only the innermost 4 frames (-XX:MaxJavaStackTraceDepth=4)");
    }

    @OnEveryJdk
    void jvmWithoutLimitOfStacksHasNoSuchSource(TargetJdk jdk) throws Exception {
        Report report = judged(TargetJvm.of(jdk, LeakyProgram.class).jvm("-XX:MaxJavaStackTraceDepth=0"));

        assertThat(new ReportView(report).openedIn(LeakyProgram.class, "forget"))
                .hasSize(LEAKED);
        assertThat(HealthText.problems(report)).isEmpty();
    }

    /** The program's first thread has too little stack to weave on, and the watch thread weaves a moment later. */
    @OnEveryJdk
    void socketsFromBeforeLateHooksAreNotFromBeforeTheAgent(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, LeakyProgram.class)
                .jvm("-Xss180k")
                .watched("grace=1ms")
                .start()
                .awaitCheckpoint("leaked")
                .expecting(report ->
                        assertThat(report.agent().hooks()).noneMatch(hook -> hook.state() == HookState.MISSING))) {
            Report report = Await.value(
                    "woven hooks",
                    () -> Optional.of(target.report().report())
                            .filter(one ->
                                    one.agent().hooks().stream().anyMatch(hook -> hook.state() == HookState.WOVEN)));

            assertThat(limit(report, Source.HOOKS)).contains("too little stack");
            assertThat(report.sockets()).noneMatch(socket -> socket.origin() == Origin.BEFORE_AGENT);
            assertThat(report.sockets())
                    .filteredOn(
                            socket -> socket.origin() == Origin.BEFORE_HOOKS && socket.state() == TcpState.CLOSE_WAIT)
                    .hasSize(LEAKED);
        }
    }

    @OnEveryJdk
    void numberThatNativeCodeOpenedAnewBlamesNobody(TargetJdk jdk) throws Exception {
        try (TargetProcess target = reusing(jdk, "native")) {
            ReportView report = judged(target, REUSED);

            assertThat(report.openedIn(ReusedNumbers.class, "victim")).isEmpty();
            assertThat(report.report().sockets())
                    .filteredOn(socket -> socket.origin() == Origin.NOT_SEEN && socket.state() == TcpState.CLOSE_WAIT)
                    .hasSize(REUSED);
            assertThat(HealthText.problems(report.report()))
                    .singleElement()
                    .asString()
                    .contains("ledger entries not confirmed by the kernel");
        }
    }

    /** The connections whose numbers were closed leave their peers in CLOSE-WAIT: those are leaks, too. */
    @OnEveryJdk
    void duplicateOverAnotherNumberIsCountedOnce(TargetJdk jdk) throws Exception {
        try (TargetProcess target = reusing(jdk, "dup")) {
            ReportView report = judged(target, 2 * REUSED);

            assertThat(report.openedIn(ReusedNumbers.class, "victim")).isEmpty();
            assertThat(report.report().sockets())
                    .filteredOn(socket -> socket.origin() == Origin.DUPLICATE)
                    .hasSize(REUSED)
                    .allMatch(socket -> socket.state() == TcpState.CLOSE_WAIT && socket.verdict() == Verdict.NONE);
        }
    }

    @OnEveryJdk
    void refusedConnectIsSeparateFromResetConnection(TargetJdk jdk) throws Exception {
        try (TargetProcess target =
                TargetJvm.of(jdk, RefusedConnect.class).watched("grace=1ms").start()) {
            target.awaitCheckpoint("refused");
            ReportView report = judged(target, 2);

            Socket refused = report.theOneFromPort(target.number("port"));
            assertThat(refused.verdict()).isEqualTo(Verdict.DEAD_FD);
            assertThat(report.siteOf(refused).evidence())
                    .first()
                    .asString()
                    .startsWith("evidence: the connect was refused, and there was never a connection");
            Socket reset = report.theOneFromPort(target.number("reset"));
            assertThat(reset.verdict()).isEqualTo(Verdict.DEAD_FD);
            assertThat(report.siteOf(reset).evidence())
                    .first()
                    .asString()
                    .startsWith("evidence: there was a connection, and the kernel");
        }
    }

    private static TargetProcess reusing(TargetJdk jdk, String how) throws Exception {
        return TargetJvm.of(jdk, ReusedNumbers.class)
                .jvm("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--add-opens=java.base/sun.nio.fs=ALL-UNNAMED")
                .arguments(how)
                .watched("grace=1ms")
                .start()
                .awaitCheckpoint("reused")
                .expecting(report -> assertThat(report.agent().unconfirmed())
                        .as("unconfirmed")
                        .isGreaterThanOrEqualTo(REUSED));
    }

    private static ReportView judged(TargetProcess target, int leaks) throws Exception {
        return Await.value(
                leaks + " leaks",
                () -> Optional.of(target.report())
                        .filter(report -> report.report().totals().leaked() == leaks));
    }

    /** As in another network namespace: the tables have other rows than those of this process's sockets. */
    @OnEveryJdk
    void connectionsWithoutRowsAreJudgedByTheirDescriptors(TargetJdk jdk) throws Exception {
        MountNamespace.require();
        String[] otherTables = MountNamespace.around("mount -t tmpfs none /proc/$$/net"
                + " && for t in tcp tcp6; do head -n 1 /proc/1/net/$t > /proc/$$/net/$t || exit 1; done");
        try (TargetProcess target = TargetJvm.of(jdk, UnreadConnections.class)
                .through(otherTables)
                .watched("grace=1ms")
                .start()) {
            target.awaitCheckpoint("left");
            ReportView report = judged(target, UNREAD + 1);

            assertThat(report.openedIn(UnreadConnections.class, "withData"))
                    .hasSize(UNREAD)
                    .allMatch(socket -> socket.verdict() == Verdict.ABANDONED
                            && Long.valueOf(11).equals(socket.recvQ())
                            && socket.remote() != null);
            assertThat(report.theOneOpenedIn(UnreadConnections.class, "withFin").recvQ())
                    .isEqualTo(1);
            assertThat(limit(target.report().report(), Source.TCP_ROWS)).contains("as in another network namespace");
        }
    }

    /** A report that has judged the leaks. */
    private static Report judged(TargetJvm jvm) throws Exception {
        try (TargetProcess target = jvm.watched("grace=1ms").start()) {
            target.awaitCheckpoint("leaked");
            return Await.value(
                    "three leaks",
                    () -> Optional.of(target.report().report())
                            .filter(report -> report.totals().leaked() == LEAKED));
        }
    }

    /** The detail of this limit, which is among the problems, too. */
    private static String limit(Report report, String name) {
        Source source = report.agent().sources().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "no source " + name + " in " + report.agent().sources()));
        assertThat(source.limitsReport()).as("%s", source).isTrue();
        assertThat(HealthText.problems(report)).contains("limited: " + name + ": " + source.detail());
        return String.valueOf(source.detail());
    }
}
