// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.docs.ClassOutcomes;
import io.github.sockblame.it.docs.LastTest;
import io.github.sockblame.it.harness.AgentHealthChecks;
import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.MountNamespace;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJdks;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetOutputOnFailure;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.scenario.fault.LeaksWhileClockIsSet;
import io.github.sockblame.it.scenario.fault.LoopUnderLoad;
import io.github.sockblame.it.scenario.fault.ReplacesStandardError;
import io.github.sockblame.it.scenario.leak.LeakyProgram;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A program, a JVM or a machine that does to the agent what it must not mind. */
@ExtendWith(TargetOutputOnFailure.class)
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsAroundIT {

    @RegisterExtension
    static final ClassOutcomes TESTS = new ClassOutcomes();

    private static final FaultTable TABLE = new FaultTable("faults-around", "Faults around the agent");
    private static final String SAME = "the program is the same";

    private static TargetJdk jdk() {
        return TargetJdks.all().get(0);
    }

    @Test
    void standardErrorThrows() throws Exception {
        checkStandardError("throws", "Standard error is a stream that throws");
    }

    @Test
    void standardErrorWaits() throws Exception {
        checkStandardError("waits", "Standard error is a stream that blocks forever");
    }

    @Test
    void standardErrorOpensSockets() throws Exception {
        checkStandardError("opens", "Standard error is a stream that opens sockets for each line");
    }

    /** The alert is written there. */
    private static void checkStandardError(String kind, String fault) throws Exception {
        Output plain;
        try (TargetProcess target = TargetJvm.of(jdk(), ReplacesStandardError.class)
                .arguments(kind, "alone")
                .start()) {
            plain = target.awaitCheckpoint("done").finish();
        }
        try (TargetProcess target = TargetJvm.of(jdk(), ReplacesStandardError.class)
                .arguments(kind, "watched")
                .jvm("-javaagent:" + TestEnvironment.agentJar() + "=grace=1ms,alert=site-leaks>=1")
                .start()) {
            target.awaitCheckpoint("done");
            target.proceed();
            assertThat(target.awaitEnd(Await.PATIENCE).withoutOurLines()).isEqualTo(plain);
            TABLE.add(
                    fault,
                    SAME + "; a thread of the agent writes there",
                    "output and exit status the same, after an alert was written there");
        }
    }

    @Test
    void securityManagerGrantsAgentNothing() throws Exception {
        checkSecurityManager(
                grant(TestEnvironment.scenarioClasses().toUri() + "-", "java.security.AllPermission"),
                "agent disabled",
                "A security manager of JDK 17 whose policy grants the agent nothing",
                SAME + "; one line, if the agent cannot work");
    }

    @Test
    void securityManagerGrantsProgramLittle() throws Exception {
        checkSecurityManager(
                grant(TestEnvironment.agentJar().toUri().toString(), "java.security.AllPermission")
                        + grant(
                                TestEnvironment.scenarioClasses().toUri() + "-",
                                "java.net.SocketPermission \"*\", \"connect,accept,listen,resolve\"",
                                "java.lang.RuntimePermission \"*\"",
                                "java.util.PropertyPermission \"*\", \"read\""),
                "LeakyProgram.forget",
                "A security manager of JDK 17 whose policy grants the agent all, and the program sockets and little more",
                SAME + "; the agent works");
    }

    private static String grant(String code, String... permissions) {
        return "grant codeBase \"" + code + "\" {"
                + Stream.of(permissions).map(one -> " permission " + one + ";").collect(Collectors.joining())
                + " };\n";
    }

    private static void checkSecurityManager(String grants, String said, String fault, String expected)
            throws Exception {
        Requires.that(jdk().feature() <= 17, jdk() + " needs no security manager");
        Path policy = TestEnvironment.newFolder("policy").resolve("policy");
        Files.writeString(policy, grants);
        List<String> manager = List.of("-Djava.security.manager", "-Djava.security.policy==" + policy);
        Output plain;
        try (TargetProcess target =
                TargetJvm.of(jdk(), LeakyProgram.class).jvm(manager).start()) {
            plain = target.awaitCheckpoint("leaked").finish();
        }
        try (TargetProcess target = TargetJvm.of(jdk(), LeakyProgram.class)
                .jvm(manager)
                .jvm("-javaagent:" + TestEnvironment.agentJar() + "=grace=1ms,alert=site-leaks>=3")
                .start()) {
            target.awaitCheckpoint("leaked");
            Await.until("what it says", () -> target.complaints().contains(said));
            target.proceed();
            Output watched = target.awaitEnd(Await.PATIENCE);
            assertThat(watched.withoutOurLines()).isEqualTo(plain);
            boolean works = ours(watched).stream().anyMatch(line -> line.contains("alert"));
            TABLE.add(
                    fault,
                    expected,
                    "output and exit status the same; " + (works ? "the leaks are reported" : said(watched)));
        }
    }

    @Test
    void signalsArriveInAStorm() throws Exception {
        String folder = TestEnvironment.newFolder("storm").toString();
        Output plain = storm(TargetJvm.of(jdk(), LoopUnderLoad.class).arguments(folder));
        Output watched =
                storm(TargetJvm.of(jdk(), LoopUnderLoad.class).arguments(folder).watched());
        assertThat(watched.err()).isEqualTo(plain.err()).endsWith("the same each time true\n");
        assertThat(watched.status()).isEqualTo(plain.status()).isZero();
        TABLE.add(
                "50 SIGQUITs while the program uses sockets",
                SAME + ", but for the agent's thread in the dumps",
                "standard error and exit status the same; no error inside the agent");
    }

    private static Output storm(TargetJvm jvm) throws Exception {
        try (TargetProcess target = jvm.start()) {
            target.awaitCheckpoint("talks");
            target.proceed();
            for (int i = 0; i < 50; i++) {
                // the shell's own, since not every machine has the program
                Process kill = new ProcessBuilder("sh", "-c", "kill -QUIT " + target.pidText()).start();
                assertThat(kill.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            }
            Await.until("the end of its talk", () -> target.complaints().contains("the same each time"));
            return target.finish();
        }
    }

    @Test
    void diskIsReadOnly() throws Exception {
        checkDisk(
                "ro", "Read-only file system", "The disk of `trace`, `report.to` and the temporary files is read-only");
    }

    @Test
    void diskIsFull() throws Exception {
        checkDisk(
                "size=4k,nr_inodes=2",
                "No space left on device",
                "The disk of `trace`, `report.to` and the temporary files is full");
    }

    private static void checkDisk(String options, String reason, String fault) throws Exception {
        MountNamespace.require();
        Path disk = TestEnvironment.newFolder("disk");
        String mount = "mount -t tmpfs -o " + options + " none " + disk + " && { dd if=/dev/zero of=" + disk
                + "/full bs=4k count=1 2>/dev/null; true; }";
        Output plain = onDisk(TargetJvm.of(jdk(), LeakyProgram.class).through(MountNamespace.around(mount)), disk, "");
        Output watched = onDisk(
                TargetJvm.of(jdk(), LeakyProgram.class)
                        .through(MountNamespace.around(mount))
                        .jvm("-javaagent:" + TestEnvironment.agentJar() + "=grace=1ms,alert=site-leaks>=1,trace=" + disk
                                + "/trace.tsv,report.to=" + disk + "/report.json"),
                disk,
                "cannot write the report");
        assertThat(watched.withoutOurLines()).isEqualTo(plain);
        List<String> ours = ours(watched).stream()
                .filter(line -> line.contains("cannot write"))
                .toList();
        assertThat(ours).hasSize(2).allMatch(line -> line.contains(reason));
        TABLE.add(
                fault,
                SAME + "; the alert is printed, with the reason why the files are not written",
                ours.stream()
                        .map(line -> "`" + line.replace(disk.toString(), "DIR") + "`")
                        .sorted()
                        .collect(Collectors.joining(", ")));
    }

    private static Output onDisk(TargetJvm jvm, Path disk, String until) throws Exception {
        try (TargetProcess target = jvm.jvm("-Djava.io.tmpdir=" + disk).start()) {
            target.awaitCheckpoint("leaked");
            Await.until("what it says", () -> target.complaints().contains(until));
            target.proceed();
            return target.awaitEnd(Await.PATIENCE);
        }
    }

    @Test
    void clockIsSetForward() throws Exception {
        checkClock("PT3H", "forward", "The clock that the agent reads is set three hours forward");
    }

    @Test
    void clockIsSetBack() throws Exception {
        checkClock("PT-3H", "back", "The clock that the agent reads is set three hours back");
    }

    private static void checkClock(String jump, String direction, String fault) throws Exception {
        SabotagedAgent agent = SabotagedAgent.make();
        try (TargetProcess target = TargetJvm.of(jdk(), LeaksWhileClockIsSet.class)
                .jvm(agent.switchArgument(), agent.agentArgument("grace=1h,alert=age>=1h"))
                .arguments(jump)
                .start()) {
            target.awaitCheckpoint("leaked");
            Await.until(
                    "the connections in CLOSE-WAIT",
                    () -> closeWaits(target.report().report()) == 3);
            target.proceedTo("set");
            Report report = Await.value(
                    "a report after it",
                    () -> Optional.of(target.report().report())
                            .filter(after -> after.agent().sources().stream().anyMatch(FaultsAroundIT::isClock)));
            AgentHealthChecks.check(report);
            assertThat(report.totals().leaked()).as("within the hour of grace").isZero();
            assertThat(report.sites()).extracting(Site::verdict).allMatch(verdict -> !verdict.isLeak());
            report.sockets().forEach(socket -> {
                if (socket.opened() != null) {
                    Duration age = Duration.between(socket.opened().at(), report.takenAt());
                    assertThat(age).isBetween(Duration.ZERO, Duration.ofMinutes(2));
                }
            });
            Source source = report.agent().sources().stream()
                    .filter(FaultsAroundIT::isClock)
                    .findFirst()
                    .orElseThrow();
            assertThat(source.detail()).matches("it was set 1\\d{4} s " + direction + " since the agent began.*: .*");
            assertThat(target.complaints()).doesNotContain("alert");
            TABLE.add(
                    fault,
                    "ages are the time that has passed; no verdict and no alert comes from the change; the report has the change of the clock",
                    "no age above two minutes or below 0, no leak within the grace period of an hour, no alert; `clock: it was set ... s "
                            + direction + " since the agent began`");
        }
    }

    private static long closeWaits(Report report) {
        return report.sockets().stream()
                .filter(socket -> socket.state() == io.github.sockblame.report.TcpState.CLOSE_WAIT)
                .count();
    }

    private static boolean isClock(Source source) {
        return source.name().equals("clock");
    }

    private static List<String> ours(Output output) {
        return output.err()
                .lines()
                .filter(line -> line.startsWith("sockblame: "))
                .toList();
    }

    private static String said(Output output) {
        List<String> lines = ours(output);
        return lines.isEmpty() ? "nothing said" : "`" + String.join("`, `", lines) + "`";
    }

    @LastTest
    void tableEqualsPublishedOne() throws Exception {
        TABLE.check(TESTS);
    }
}
