// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.AgentHealthChecks;
import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.CapturedStream;
import io.github.sockblame.it.harness.ForkedProcess;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.end.DetachedFrom;
import io.github.sockblame.it.scenario.leak.Soak;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Verdict;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The agent goes, and the program is as before; it comes back and begins anew. */
class DetachIT {

    /** Longer than a viewer needs to come and to go. */
    private static final String ROUND_MILLIS = "5000";

    private static final String DETACHED = "detached: the hooks were removed from \\d+ classes\n";

    @OnEveryJdk
    void detachRestoresProgramAndNextAgentStartsAnew(TargetJdk jdk) throws Exception {
        Path reports = TestEnvironment.newFolder("detach");
        String[] options = {"--options", "grace=1ms,alert=exit,report.to=" + reports.resolve("%p.txt")};
        try (TargetProcess target = TargetJvm.of(jdk, DetachedFrom.class).start()) {
            target.awaitCheckpoint("before");
            List<String> before = ownFiles(target);
            attach(jdk, target, options);
            target.proceedTo("watched");
            Await.until("three leaks", () -> forgotten(target, "use") == 3);
            Await.until(
                    "its open files",
                    () -> ownFiles(target).stream().anyMatch(file -> file.endsWith("/net/tcp"))
                            && ownFiles(target).size() > before.size() + 8);
            assertThat(target.threads()).contains("sockblame-watch");
            QuietSnapshot.moment(target).checkTotals();

            detach(jdk, target);
            checkGone(jdk, target, before);
            target.proceedTo("after");
            assertThat(target.number("after-heard")).as("hooks that are left").isZero();
            assertThat(Viewer.on(jdk).call("leaks", target.pidText()).err()).contains("has no Sockblame agent");

            List<String> files = allFiles(target);
            for (int i = 0; i < 3; i++) {
                attach(jdk, target);
                detach(jdk, target);
                checkGone(jdk, target, before);
            }
            assertThat(allFiles(target)).as("files after more of it").isEqualTo(files);

            attach(jdk, target, "--options", "grace=2ms");
            target.proceedTo("again");
            Await.until("three leaks of now", () -> forgotten(target, "useAgain") == 3);
            QuietSnapshot now = QuietSnapshot.moment(target);
            now.checkTotals();
            assertThat(now.report().report().grace()).isEqualTo(Duration.ofMillis(2));
            assertThat(now.report().report().sockets().stream()
                            .filter(socket -> socket.origin() == Origin.BEFORE_AGENT && socket.local() != null))
                    .as("what the first agent knew")
                    .hasSizeGreaterThanOrEqualTo(12);
            AgentHealthChecks.check(target.report().report());

            target.isWatchedNoLonger(); // its listener is replaced now
            target.proceedTo("control");
            assertThat(target.number("control-heard"))
                    .as("hooks that are there")
                    .isGreaterThan(10);
            detach(jdk, target);
            Output output = target.finish();
            assertThat(output.status()).isZero();
            assertThat(output.err()).as("no report at the exit").doesNotContain("sockblame:");
            assertThat(reports).isEmptyDirectory();
        }
    }

    /** Eight threads open and close sockets of many kinds, meet the hooks as they come and go, and notice nothing. */
    @OnEveryJdk
    void detachWorksWhileSocketsComeAndGo(TargetJdk jdk) throws Exception {
        try (TargetProcess target =
                TargetJvm.of(jdk, Soak.class).arguments(ROUND_MILLIS).start()) {
            target.awaitCheckpoint("round 1");
            List<String> before = ownFiles(target);
            for (int round = 2; round <= 4; round++) {
                target.proceed();
                attach(jdk, target, "--options", "grace=1ms");
                assertThat(target.report().report().totals().sockets()).isPositive();
                detach(jdk, target);
                target.awaitCheckpoint("round " + round);
                checkGone(jdk, target, before);
            }
            target.proceed();
            attach(jdk, target);
            target.awaitCheckpoint("round 5");
            QuietSnapshot.moment(target).checkTotals();
            Output output = target.finish();
            assertThat(output.status()).isZero();
            assertThat(output.err().lines())
                    .as("nothing but what the agent says, and what the JVM says of agents that are loaded late")
                    .allMatch(line -> line.startsWith("sockblame: ") || line.startsWith("WARNING: "));
        }
    }

    private static long forgotten(TargetProcess target, String method) throws Exception {
        return target.report().openedIn(DetachedFrom.class, method).stream()
                .filter(socket -> socket.verdict() == Verdict.FORGOTTEN)
                .count();
    }

    private static void attach(TargetJdk jdk, TargetProcess target, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("attach", target.pidText()));
        arguments.addAll(List.of(options));
        Output attached = Viewer.on(jdk).call(arguments.toArray(new String[0]));
        assertThat(attached.status()).as("%s", attached).isZero();
        assertThat(attached.out()).contains(" attached to JVM ");
        target.isWatchedNow();
    }

    private static void detach(TargetJdk jdk, TargetProcess target) throws Exception {
        Output detached = Viewer.on(jdk).call("detach", target.pidText());
        assertThat(detached.status()).as("%s", detached).isZero();
        assertThat(detached.out()).matches(DETACHED);
        target.isWatchedNoLonger();
    }

    private static void checkGone(TargetJdk jdk, TargetProcess target, List<String> filesBefore) throws Exception {
        // to Java the thread has ended a moment before it has to the kernel
        Await.until(
                "no thread of the agent",
                () -> target.threads().stream().noneMatch(name -> name.startsWith("sockblame")));
        assertThat(ownFiles(target)).isEqualTo(filesBefore);
        assertThat(target.agent().server().isRegistered(target.agent().name())).isFalse();
        assertThat(histogram(jdk, target))
                .contains("java.lang.String")
                .doesNotContain(
                        "sockblame.agent.ledger.TrackedSocket",
                        "sockblame.agent.ledger.Ledger",
                        "sockblame.agent.watch.AgentThread",
                        "sockblame.agent.watch.Watch\n", // the constants of its tasks stay
                        "sockblame.agent.watch.WatchRound",
                        "sockblame.agent.sampling.SocketSampler",
                        "sockblame.agent.instrument.SocketTransformer");
    }

    /** What is reachable: the JVM collects the rest before it counts. */
    private static String histogram(TargetJdk jdk, TargetProcess target) throws Exception {
        Path own = jdk.home().resolve("bin/jcmd"); // a runtime image has none, and that of another JDK does as well
        Path jcmd = Files.exists(own) ? own : Path.of(System.getProperty("java.home"), "bin/jcmd");
        List<String> command = List.of(jcmd.toString(), target.pidText(), "GC.class_histogram");
        Process process = ForkedProcess.start(command, Path.of("."), Map.of());
        CapturedStream out = new CapturedStream(process.getInputStream());
        assertThat(process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        return out.all();
    }

    /** The open files of kinds that the agent opens. */
    private static List<String> ownFiles(TargetProcess target) throws IOException {
        return allFiles(target).stream()
                .filter(file -> file.startsWith("/proc/") || file.equals("/dev/null"))
                .toList();
    }

    /** The open files, without sockets and what is nameless. */
    private static List<String> allFiles(TargetProcess target) throws IOException {
        List<String> files = new ArrayList<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(Path.of("/proc", target.pidText(), "fd"))) {
            for (Path link : links) {
                try {
                    String file = Files.readSymbolicLink(link).toString();
                    if (file.startsWith("/")) {
                        files.add(file);
                    }
                } catch (NoSuchFileException e) {
                    // it is closed
                }
            }
        }
        Collections.sort(files);
        return files;
    }
}
