// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.fault.NearlyFullHeap;
import io.github.sockblame.it.scenario.fault.TightHeap;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.RequestFile;
import io.github.sockblame.report.json.ReportJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The agent never takes the last memory: a program with 18,000 connections runs in 1.3 times the heap that it needs, and the JVM would end
 * at the first lack of memory. Nothing that the agent or a viewer does ends it.
 */
class TightHeapIT {

    private static final int PAIRS = 9000;

    /** Descriptors that the rest of the JVM, the agent and a viewer may take. */
    private static final int OTHER_DESCRIPTORS = 1500;

    /**
     * The least heap, in MB, in which the program was seen to come to its work without the agent: 48 on JDK 25 and 26, 46 on 17. With one MB
     * of it for the JDK's own objects, the rest is that of 18,000 connections: about 550 bytes of the JDK and 2,080 of the program for each.
     */
    private static final int NEEDED_WITH_SERIAL = 48;

    private static final int NEEDED_WITH_G1 = 50;

    private static final double TIGHT = 1.3;

    private static final String NEARLY_FULL = "the heap is nearly full: it can spare less than 4 MB";

    /** A round costs so much with 18,000 sockets that the next one is up to half a minute later; and the first few may find no memory. */
    private static final Duration ROUNDS = Duration.ofMinutes(2);

    @OnEveryJdk
    void everyEntryPointLeavesTheProgramItsMemory(TargetJdk jdk) throws Exception {
        requireDescriptors();
        Path folder = TestEnvironment.newFolder("tight");
        Path written = folder.resolve("%t.json");
        try (TargetProcess target = tight(jdk, NEEDED_WITH_SERIAL, List.of())
                .watched("file.requests=true,alert=fds>=10%,report.to=" + written)
                .start()) {
            target.expecting(TightHeapIT::checkHealth);
            target.awaitCheckpoint("at work");
            Await.until("the alert", ROUNDS, () -> target.complaints().contains("sockblame: alert (fds>=10%): "));
            Await.until("its report", ROUNDS, () -> target.complaints().contains("sockblame: report: "));
            askByFile(target);
            askByViewer(jdk, target, folder);
            checkIsAlive(target);
            assertThat(target.finish().status()).isZero();
        }
    }

    @OnEveryJdk
    void lateAttachLeavesTheProgramItsMemory(TargetJdk jdk) throws Exception {
        requireDescriptors();
        Path folder = TestEnvironment.newFolder("tight");
        try (TargetProcess target = tight(jdk, NEEDED_WITH_G1, List.of("-XX:-UseSerialGC", "-XX:+UseG1GC"))
                .start()) {
            target.expecting(TightHeapIT::checkHealth);
            target.awaitCheckpoint("at work");
            Output attached = Viewer.on(jdk).call("attach", target.pidText(), "--options", "alert=fds>=10%");
            assertThat(attached.status()).as("%s", attached).isZero();
            target.isWatchedNow();
            Await.until("the alert", ROUNDS, () -> target.complaints().contains("sockblame: alert (fds>=10%): "));
            askByViewer(jdk, target, folder);
            checkIsAlive(target);
            assertThat(target.finish().status()).isZero();
        }
    }

    /** JMX would take more than there is, so the viewer uses the routes that take little. */
    @OnEveryJdk
    void nearlyFullHeapIsAskedByFile(TargetJdk jdk) throws Exception {
        try (TargetProcess target = nearlyFull(jdk, 4).watched().start()) {
            target.awaitCheckpoint("full");
            Await.until(
                    "the notice",
                    ROUNDS,
                    () -> Viewer.on(jdk)
                            .call("leaks", target.pidText())
                            .err()
                            .contains(NEARLY_FULL + ": using the request file"));
            Output detached = Viewer.on(jdk).call("detach", target.pidText());
            assertThat(detached.err()).as("%s", detached).contains(NEARLY_FULL + ": using a request by attach");
            assertThat(detached.status()).as("%s", detached).isZero();
            target.isWatchedNoLonger();
            checkIsAlive(target);
            assertThat(target.finish().status()).isZero();
        }
    }

    /** The refusal is no failure: a later attach may find room. */
    @OnEveryJdk
    void nearlyFullHeapGetsNoAgent(TargetJdk jdk) throws Exception {
        try (TargetProcess target = nearlyFull(jdk, 2).start()) {
            target.awaitCheckpoint("full");
            for (int i = 0; i < 2; i++) {
                Output attached = Viewer.on(jdk).call("attach", target.pidText());
                assertThat(attached.status()).as("%s", attached).isEqualTo(2);
                assertThat(attached.err())
                        .as("%s", attached)
                        .startsWith("sockblame: JVM " + target.pidText() + " did not get the agent: " + NEARLY_FULL)
                        .hasLineCount(1);
            }
            checkIsAlive(target);
            assertThat(target.finish().status()).isZero();
        }
    }

    private static TargetJvm nearlyFull(TargetJdk jdk, int freeMegabytes) {
        return TargetJvm.of(jdk, NearlyFullHeap.class)
                .jvm("-Xmx32m", "-XX:+ExitOnOutOfMemoryError")
                .arguments(Integer.toString(freeMegabytes));
    }

    private static void requireDescriptors() throws IOException {
        long limit = Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.replaceFirst("Max open files +[0-9a-z]+ +([0-9a-z]+) .*", "$1"))
                .mapToLong(hard -> hard.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(hard))
                .findFirst()
                .orElse(0);
        Requires.that(
                limit >= 2 * PAIRS + OTHER_DESCRIPTORS,
                "the hard limit of descriptors is below " + (2 * PAIRS + OTHER_DESCRIPTORS));
    }

    private static TargetJvm tight(TargetJdk jdk, int needed, List<String> collector) {
        return TargetJvm.of(jdk, TightHeap.class)
                .jvm("-Xmx" + (int) (needed * TIGHT) + "m", "-XX:+ExitOnOutOfMemoryError")
                .jvm(collector)
                .arguments(Integer.toString(PAIRS));
    }

    /** Asks as a viewer does that cannot attach. */
    private static void askByFile(TargetProcess target) throws Exception {
        Path request = Path.of(RequestFile.FOLDER, RequestFile.name(target.pid()));
        Set<PosixFilePermission> ownersAlone = PosixFilePermissions.fromString("rw-------");
        Files.createFile(request, PosixFilePermissions.asFileAttribute(ownersAlone));
        try {
            Await.until(
                    "the answer",
                    () -> !Files.getPosixFilePermissions(request).contains(PosixFilePermission.OWNER_WRITE));
            checkContent(ReportJson.read(Files.readString(request)));
        } finally {
            Files.deleteIfExists(request);
        }
    }

    private static void askByViewer(TargetJdk jdk, TargetProcess target, Path folder) throws Exception {
        Output leaks = Viewer.on(jdk).call("leaks", target.pidText());
        assertThat(leaks.out()).as("%s", leaks).contains("sockets 18,0");
        Path file = folder.resolve("report-" + target.pidText() + ".json");
        Output report = Viewer.on(jdk).call("report", target.pidText(), "-o", file.toString());
        assertThat(report.err().lines().filter(line -> !line.contains(NEARLY_FULL)))
                .as("%s", report)
                .isEmpty();
        checkContent(ReportJson.read(Files.readString(file)));
    }

    /** A report has all connections, or states why it lists none. */
    private static void checkContent(Report report) {
        assertThat(report.totals().sockets()).isBetween(2 * PAIRS, 2 * PAIRS + 20);
        assertThat(report.totals().tracked() + report.totals().untracked())
                .isEqualTo(report.totals().sockets());
        if (report.sockets().isEmpty()) {
            assertThat(report.reduction()).isNotNull();
        } else {
            assertThat(report.sockets()).hasSize(report.totals().sockets());
            assertThat(report.reduction()).isNull();
        }
    }

    private static void checkHealth(Report report) {
        assertThat(report.agent().internalErrors())
                .as("internal errors, the last: %s", report.agent().lastError())
                .isZero();
    }

    private static void checkIsAlive(TargetProcess target) {
        assertThat(target.isAlive()).as("%s", target).isTrue();
        assertThat(target.complaints()).doesNotContain("OutOfMemoryError");
    }
}
