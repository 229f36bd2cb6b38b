// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.fault.KeepsDeliveries;
import io.github.sockblame.it.scenario.fault.KeepsRegistration;
import io.github.sockblame.it.scenario.fault.OverridesGetStackTrace;
import io.github.sockblame.it.scenario.fault.ReplacesFileSystem;
import io.github.sockblame.report.RequestFile;
import io.github.sockblame.report.WatchHealth;
import io.github.sockblame.report.json.ReportJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Code of the program that never returns delays neither the agent nor a viewer. */
class ProgramCodeIT {

    @OnEveryJdk
    void overriddenGetStackTraceIsNotCalled(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, OverridesGetStackTrace.class)
                .watched("grace=1ms")
                .start()
                .awaitCheckpoint("holds the lock")) {
            Await.until("the writer's present stack", () -> hasWriter(target.report()));
            target.proceedTo("has asked");

            assertThat(target.number("tracked")).isGreaterThanOrEqualTo(3);
        }
    }

    @OnEveryJdk
    void listenerThatDoesNotReturnDelaysNoAlert(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, KeepsDeliveries.class)
                .watched("grace=1ms,alert=leaks>=4")
                .arguments("listener")
                .start()) {
            target.awaitCheckpoint("has JMX");
            Await.until(
                    "the MXBean",
                    () -> target.agent().server().isRegistered(target.agent().name()));
            target.proceedTo("leaked 1");
            Await.until("the first alert", () -> target.complaints().contains("sockblame: alert (leaks>=4)"));
            Await.until("the listener", () -> target.printed().contains("listener is kept"));
            target.proceedTo("leaked 2");
            awaitLine(target, "sockblame: alert doubled (leaks>=4)");
            awaitStatus(jdk, target, "a JMX listener has not returned for ");
        }
    }

    @OnEveryJdk
    void unreadStandardErrorHoldsUpNoRound(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, KeepsDeliveries.class)
                .watched("grace=1ms,alert=leaks>=4")
                .arguments("stderr")
                .start()) {
            target.awaitCheckpoint("leaked 1");
            Await.until("the first alert", () -> target.printed().contains("stderr is kept"));
            Instant then = requireNonNull(rounds(target).lastRoundAt());
            Await.until(
                    "another round",
                    () -> requireNonNull(rounds(target).lastRoundAt()).isAfter(then.plusSeconds(2)));
            awaitStatus(jdk, target, "a write to standard error has not returned for ");
            assertThat(Viewer.on(jdk).call("status", target.pidText()).out())
                    .doesNotContain("watch thread: ")
                    .contains("\nwatch thread last round ");
            assertThat(answerByFile(target).stalled()).isNotEmpty();
        }
    }

    @OnEveryJdk
    void mBeanServerThatDoesNotReturnHoldsUpNoRound(TargetJdk jdk) throws Exception {
        // not "watched": JMX cannot reach the agent at the end
        try (TargetProcess target = TargetJvm.of(jdk, KeepsRegistration.class)
                .jvm(
                        "-Djavax.management.builder.initial=" + KeepsRegistration.Builder.class.getName(),
                        "-javaagent:" + TestEnvironment.agentJar())
                .start()) {
            target.awaitCheckpoint("has JMX");
            Await.until("the registration", () -> target.printed().contains("is asked for the agent"));
            Instant first = requireNonNull(answerByFile(target).lastRoundAt());
            Await.until(
                    "a later round",
                    () -> requireNonNull(answerByFile(target).lastRoundAt()).isAfter(first));
        }
    }

    /** A round, an alert with its file, an answer to a file request, and a trace: all of them use paths. */
    @OnEveryJdk
    void fileSystemOfTheProgramIsNotUsed(TargetJdk jdk) throws Exception {
        Path folder = TestEnvironment.newFolder("file-system");
        Path written = folder.resolve("report.json");
        Path trace = folder.resolve("trace.tsv");
        try (TargetProcess target = TargetJvm.of(jdk, ReplacesFileSystem.class)
                .jvm("-Djava.nio.file.spi.DefaultFileSystemProvider=" + ReplacesFileSystem.Provider.class.getName())
                .watched("grace=1ms,alert=leaks>=1,report.to=" + written + ",trace=" + trace + ",dump.dir=" + folder)
                .start()) {
            target.awaitCheckpoint("leaked");
            Await.until(
                    "a kept thread, or the file of the alert",
                    () -> target.printed().contains("a thread of the agent is kept") || Files.exists(written));
            assertThat(target.printed()).doesNotContain("a thread of the agent is kept");
            Await.until("the trace", () -> Files.exists(trace));
            assertThat(answerByFile(target).lastRoundAt()).isNotNull();
            assertThat(Viewer.on(jdk).call("status", target.pidText()).err()).isEmpty();
            assertThat(Viewer.on(jdk).call("detach", target.pidText()).status()).isZero();
            target.isWatchedNoLonger();
            assertThat(target.printed()).doesNotContain("a thread of the agent is kept");
        }
    }

    /** Half a minute may lie between two checks of the alerts, if the first report was slow: more than one patience. */
    private static void awaitLine(TargetProcess target, String line) throws Exception {
        long deadline = System.nanoTime() + 2 * Await.PATIENCE.toNanos();
        while (!target.complaints().contains(line)) {
            assertThat(deadline - System.nanoTime()).as("time for: %s", line).isPositive();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static WatchHealth answerByFile(TargetProcess target) throws Exception {
        Path request = Files.createFile(
                Path.of(RequestFile.FOLDER, RequestFile.name(target.pid())),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Await.until(
                    "the answer by file",
                    () -> Files.getPosixFilePermissions(request).equals(Set.of(PosixFilePermission.OWNER_READ)));
            return requireNonNull(
                    ReportJson.read(Files.readString(request)).agent().watch());
        } finally {
            Files.delete(request);
        }
    }

    private static WatchHealth rounds(TargetProcess target) throws Exception {
        return requireNonNull(target.report().report().agent().watch());
    }

    private static void awaitStatus(TargetJdk jdk, TargetProcess target, String problem) throws Exception {
        Await.until(
                "in the report: " + problem,
                () -> rounds(target).stalled().stream().anyMatch(line -> line.startsWith(problem)));
        assertThat(Viewer.on(jdk).call("status", target.pidText()).out())
                .contains("problems:\n")
                .contains("\n  " + problem)
                .doesNotContain("all well");
    }

    private static boolean hasWriter(ReportView view) {
        return view.report().sockets().stream()
                .anyMatch(socket -> socket.current() != null
                        && socket.current().thread().equals("writer of the program")
                        && view.stack(socket.current()).contains("writeForEver"));
    }
}
