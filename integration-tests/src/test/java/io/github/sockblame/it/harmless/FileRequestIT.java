// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.AgentHealthChecks;
import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.CapturedStream;
import io.github.sockblame.it.harness.ForkedProcess;
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
import io.github.sockblame.it.harness.Tool;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.fault.FullOfFiles;
import io.github.sockblame.report.FileStat;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.RequestFile;
import io.github.sockblame.report.Verdict;
import io.github.sockblame.report.json.ReportJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A JVM that cannot be attached to, as when it has no descriptor left, answers the viewer by a file. */
class FileRequestIT {

    private static final int LIMIT = 300;
    private static final int LEAKS = 40;
    private static final String[] FEW_DESCRIPTORS = {"sh", "-c", "ulimit -n " + LIMIT + " && exec \"$0\" \"$@\""};
    private static final List<String> NAMESPACE =
            List.of("unshare", "--user", "--map-root-user", "--pid", "--fork", "--mount-proc");

    @OnEveryJdk
    void agentWithoutDescriptorAnswersByFile(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, FullOfFiles.class)
                .through(FEW_DESCRIPTORS)
                .watched("alert=none,grace=1ms")
                .start()) {
            target.awaitCheckpoint("full");
            assertThat(openFiles(target.pid())).isGreaterThanOrEqualTo(LIMIT - 1);
            checkAnswers(jdk, target.pid(), "has \\d file descriptors? left of 300, too few for an attach");
            checkUntouched(target);

            Output detached = Viewer.on(jdk).call("detach", target.pidText());
            assertThat(detached.status()).isEqualTo(2);
            assertThat(detached.err().lines()).singleElement().asString().contains("left of 300");
            assertThat(Viewer.on(jdk).call("ps").out())
                    .containsPattern(target.pid() + " +\\? +.*FullOfFiles")
                    .containsPattern("\\? = JVM " + target.pid() + " has .* left of 300");
            checkUntouched(target);
            target.proceedTo("relieved");
            checkLeaks(Viewer.on(jdk).call("leaks", target.pidText()), "");
        }
    }

    @OnEveryJdk
    void lateAgentWithoutDescriptorAnswersByFile(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, FullOfFiles.class)
                .through(FEW_DESCRIPTORS)
                .arguments("wait")
                .start()) {
            target.awaitCheckpoint("leaked");
            Output attached =
                    Viewer.on(jdk).call("attach", target.pidText(), "--options", "alert=none,grace=1ms,redact=true");
            assertThat(attached.status()).as("%s", attached).isZero();
            target.isWatchedNow();
            target.proceedTo("full");
            Report report = checkTruth(jdk, target.pid());
            assertThat(report.redacted()).isEqualTo(true);
            assertThat(report.program().attachedLate()).isTrue();
            checkFileGone(target.pid());
            target.proceedTo("relieved");
        }
    }

    @OnEveryJdk
    void jvmThatForbidsAttachAnswersByFile(TargetJdk jdk) throws Exception {
        // not "watched": the test does not attach to it for its health
        try (TargetProcess target = TargetJvm.of(jdk, FullOfFiles.class)
                .jvm("-XX:+DisableAttachMechanism", javaagent("grace=1ms,file.requests=true"))
                .arguments("wait")
                .start()) {
            target.awaitCheckpoint("leaked");
            checkAnswers(jdk, target.pid(), "was started with -XX:\\+DisableAttachMechanism");
            checkUntouched(target);
        }
    }

    @OnEveryJdk
    void jvmThatForbidsAttachRefusesUnlessItHasNoDescriptor(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, FullOfFiles.class)
                .through(FEW_DESCRIPTORS)
                .jvm("-XX:+DisableAttachMechanism", javaagent("alert=none,grace=1ms"))
                .arguments("wait")
                .start()) {
            target.awaitCheckpoint("leaked");
            Output refused = Viewer.on(jdk).call("leaks", target.pidText());
            assertThat(refused.status()).as("%s", refused).isEqualTo(2);
            assertThat(refused.err())
                    .contains(RequestFile.ATTACH_DISABLED
                            + ": start that JVM with the agent's option file.requests=true");
            target.proceedTo("full");
            checkAnswers(jdk, target.pid(), "has \\d file descriptors? left of 300, too few for an attach");
            target.proceedTo("relieved");
        }
    }

    @OnEveryJdk
    void disabledAgentIgnoresFileAndStoppedViewerLeavesNothing(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, FullOfFiles.class)
                .jvm("-XX:+DisableAttachMechanism", javaagent("file.requests=false"))
                .arguments("wait")
                .start()) {
            target.awaitCheckpoint("leaked");
            Path asked = Path.of("/tmp/.sockblame_" + target.pid());
            Process viewer = Viewer.on(jdk).start("leaks", target.pidText());
            CapturedStream err = new CapturedStream(viewer.getErrorStream());
            try {
                Await.until("the request", () -> Files.exists(asked));
                FileStat before = FileStat.of(asked);
                Await.until(
                        "more than two rounds",
                        () -> Instant.now().isAfter(before.modified().plusMillis(2500)));
                assertThat(FileStat.of(asked)).as("nobody touches it").isEqualTo(before);
                viewer.destroy(); // by SIGTERM, which does what Ctrl-C does
                assertThat(viewer.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            } finally {
                viewer.destroyForcibly();
            }
            assertThat(err.all()).contains("using the request file " + asked);
            checkFileGone(target.pid());
        }
    }

    @OnEveryJdk
    void plantedFileStaysAndBlocksTheRequest(TargetJdk jdk) throws Exception {
        Path elsewhere = TestEnvironment.newFolder("planted").resolve("elsewhere");
        Files.createFile(elsewhere, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (TargetProcess target = TargetJvm.of(jdk, FullOfFiles.class)
                .through(FEW_DESCRIPTORS)
                .watched("alert=none")
                .start()) {
            target.awaitCheckpoint("full");
            Path planted = Files.createSymbolicLink(Path.of("/tmp/.sockblame_" + target.pid()), elsewhere);
            try {
                Output leaks = Viewer.on(jdk).call("leaks", target.pidText());
                assertThat(leaks.status()).isEqualTo(2);
                assertThat(leaks.err()).contains(planted + " is in the way");
                assertThat(elsewhere).isEmptyFile();
            } finally {
                Files.delete(planted);
            }
            checkUntouched(target);
            target.proceedTo("relieved");
        }
    }

    @OnEveryJdk
    void requestUsesPidOfTheOtherNamespace(TargetJdk jdk) throws Exception {
        Requires.tool(Tool.UNSHARE);
        Requires.that(canHaveNamespace(), "no process namespace is allowed here");
        List<String> launcher = new ArrayList<>(NAMESPACE);
        launcher.addAll(List.of(FEW_DESCRIPTORS));
        try (TargetProcess target = TargetJvm.of(jdk, FullOfFiles.class)
                .through(launcher.toArray(new String[0]))
                .jvm(javaagent("alert=none,grace=1ms"))
                .start()) {
            target.awaitCheckpoint("full");
            long jvm = ProcessHandle.of(target.pid())
                    .orElseThrow()
                    .children()
                    .findFirst()
                    .orElseThrow()
                    .pid();
            checkLeaks(Viewer.on(jdk).call("leaks", Long.toString(jvm)), "using the request file /tmp/.sockblame_1");
            checkFileGone(1);
        }
    }

    private static boolean canHaveNamespace() throws Exception {
        List<String> command = new ArrayList<>(NAMESPACE);
        command.add("true");
        return ForkedProcess.succeeds(command);
    }

    private static String javaagent(String options) {
        return "-javaagent:" + TestEnvironment.agentJar() + "=" + options;
    }

    private static void checkAnswers(TargetJdk jdk, long pid, String why) throws Exception {
        String notice = "sockblame: JVM " + pid + " " + why + ": using the request file /tmp/.sockblame_" + pid + "\n";
        Report report = checkTruth(jdk, pid);
        assertThat(report.totals().leaked()).isEqualTo(LEAKS);

        Output leaks = Viewer.on(jdk).call("leaks", Long.toString(pid));
        checkLeaks(leaks, "");
        assertThat(leaks.err()).matches(notice);

        Output list = Viewer.on(jdk).call("list", Long.toString(pid), "state", "close-wait");
        assertThat(list.status()).as("%s", list).isZero();
        assertThat(list.err()).matches(notice);
        assertThat(list.out().lines().filter(line -> line.startsWith("CLOSE-WAIT")))
                .hasSize(LEAKS)
                .allMatch(line -> line.contains("FORGOTTEN") && line.contains("FullOfFiles.forget("));
        checkFileGone(pid);
    }

    private static void checkLeaks(Output leaks, String told) {
        assertThat(leaks.status()).as("%s", leaks).isEqualTo(1);
        assertThat(leaks.err()).contains(told);
        assertThat(leaks.out())
                .containsPattern("(?m)^1  FORGOTTEN +" + LEAKS + " connections to 127\\.0\\.0\\.1:\\d+ ")
                .contains("FullOfFiles.forget(FullOfFiles.java:")
                .endsWith("exit status 1: leaks found\n");
    }

    /** A saved report is what the kernel says, once all leaks are judged. */
    private static Report checkTruth(TargetJdk jdk, long pid) throws Exception {
        Path folder = TestEnvironment.newFolder("asked");
        int[] number = {0};
        QuietSnapshot quietSnapshot = Await.value("a moment at which all stands still", () -> {
            Path file = folder.resolve(number[0]++ + ".json");
            KernelView before = KernelView.of(pid);
            Output saved = Viewer.on(jdk).call("report", Long.toString(pid), "-o", file.toString());
            KernelView after = KernelView.of(pid);
            assertThat(saved.status()).as("%s", saved).isZero();
            Report report = ReportJson.read(Files.readString(file));
            boolean judged = report.sockets().stream()
                            .filter(socket ->
                                    socket.verdict() == Verdict.FORGOTTEN || socket.verdict() == Verdict.ABANDONED)
                            .count()
                    >= (report.program().attachedLate() ? 0 : LEAKS);
            return judged && before.equals(after)
                    ? Optional.of(new QuietSnapshot(new ReportView(report), after))
                    : Optional.empty();
        });
        quietSnapshot.checkTotals();
        AgentHealthChecks.check(quietSnapshot.report().report());
        return quietSnapshot.report().report();
    }

    private static int openFiles(long pid) throws IOException {
        try (var files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return (int) files.count();
        }
    }

    /** The program's own output is as without us, and nothing is left lying about. */
    private static void checkUntouched(TargetProcess target) throws IOException {
        assertThat(target.complaints()).isEmpty();
        assertThat(target.printed().lines()).allMatch(line -> line.matches("leaked|full|refused: .*"));
        checkFileGone(target.pid());
        assertThat(Path.of("/tmp/.java_pid" + target.pid())).doesNotExist();
    }

    private static void checkFileGone(long pid) {
        assertThat(Path.of("/tmp/.sockblame_" + pid)).doesNotExist();
    }
}
