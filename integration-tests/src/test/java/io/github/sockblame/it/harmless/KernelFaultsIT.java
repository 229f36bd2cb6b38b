// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.docs.ClassOutcomes;
import io.github.sockblame.it.docs.LastTest;
import io.github.sockblame.it.harness.AgentHealthChecks;
import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.KernelView;
import io.github.sockblame.it.harness.MountNamespace;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.SeccompLauncher;
import io.github.sockblame.it.harness.TargetJdks;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetOutputOnFailure;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.scenario.kind.FourKinds;
import io.github.sockblame.it.scenario.leak.LeakyProgram;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.Source;
import io.github.sockblame.report.TcpState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A kernel that says nothing, or something else than the agent expects: totals are still true, states come from the sockets themselves, and
 * the report says what it could not read. In mount namespaces of the test's, for which it must be root.
 */
@ExtendWith(TargetOutputOnFailure.class)
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KernelFaultsIT {

    @RegisterExtension
    static final ClassOutcomes TESTS = new ClassOutcomes();

    private static final FaultTable TABLE = new FaultTable("faults-of-the-kernel", "Faults of the kernel");
    private static final String STILL =
            "totals and states are the kernel's, by the descriptors and `getsockopt`; the report names what could not be read";
    private static final int LEAKED = 3;

    /** One way to write the table of connections, and how the report speaks of it. */
    private record Format(String name, UnaryOperator<String> of, String said, boolean understood) {}

    private static final List<Format> FORMATS = List.of(
            new Format("is empty", table -> "", "empty", false),
            new Format("ends in the middle of a row", KernelFaultsIT::cut, "1 row not understood", true),
            new Format("has rows of random bytes", KernelFaultsIT::garbled, "not understood", false),
            new Format(
                    "has a row of 100,000 characters",
                    table -> table + "x".repeat(100_000) + "\n",
                    "1 row not understood",
                    true),
            new Format(
                    "has two more columns at the end of each row, as a later kernel's may",
                    table -> each(table, row -> row + " 17 0"),
                    "",
                    true),
            new Format(
                    "has one more column in the middle of each row",
                    table -> each(table, row -> row.replaceFirst("( [0-9A-F]{2} )", " 06$1"))
                            .replaceFirst(" st ", " zone st "),
                    "unexpected columns",
                    false),
            new Format("has each row twice", table -> each(table, row -> row + "\n" + row), "", true),
            new Format("has headings and no row", table -> table.substring(0, table.indexOf('\n') + 1), "", true),
            new Format(
                    "has tabs between the columns",
                    table -> each(table, row -> row.strip().replaceAll(" +", "\t")),
                    "not understood",
                    false));

    @Test
    void connectionTablesAreMissingOrBroken() throws Exception {
        requireMountNamespace();
        try (TargetProcess target = start(LeakyProgram.class, "mount -t tmpfs none /proc/$$/net")) {
            target.awaitCheckpoint("leaked");
            Report missing = checkTrue(target);
            assertThat(notRead(missing, "net/tcp")).isEqualTo("absent");
            add("`/proc/self/net` has no tables", "`not read: /proc/self/net/tcp: absent`");
            for (Format format : FORMATS) {
                for (String name : List.of("tcp", "tcp6")) {
                    String real = Files.readString(Path.of("/proc/" + target.pid() + "/net/" + name));
                    Files.writeString(
                            Path.of("/proc/" + target.pid() + "/root/proc/" + target.pid() + "/net/" + name),
                            format.of.apply(real),
                            StandardCharsets.ISO_8859_1);
                }
                Report report = checkTrue(target);
                Source tcp6 = source(report, "net/tcp6");
                assertThat(tcp6.used()).as("%s: %s", format.name, tcp6).isEqualTo(format.understood);
                assertThat(String.valueOf(tcp6.detail()))
                        .as(format.name)
                        .contains(format.said.isEmpty() ? "null" : format.said);
                add(
                        "`/proc/self/net/tcp` and `tcp6`: the table " + format.name,
                        format.said.isEmpty() ? "read correctly" : "`" + format.said + "`");
            }
        }
    }

    private static void add(String fault, String said) {
        TABLE.add(fault, STILL, "three leaks named, totals the kernel's; " + said);
    }

    private static String cut(String table) {
        return table.substring(0, table.length() - 60);
    }

    private static String garbled(String table) {
        byte[] bytes = new byte[table.length()];
        new Random(1).nextBytes(bytes);
        return table.substring(0, table.indexOf('\n') + 1) + new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String each(String table, UnaryOperator<String> ofRow) {
        List<String> lines = new ArrayList<>(Arrays.asList(table.split("\n", -1)));
        lines.remove(lines.size() - 1);
        return lines.get(0) + "\n"
                + lines.stream().skip(1).map(row -> ofRow.apply(row) + "\n").collect(Collectors.joining());
    }

    @Test
    void descriptorsAreHidden() throws Exception {
        requireMountNamespace();
        try (TargetProcess target = start(LeakyProgram.class, "mount -t tmpfs none /proc/$$/fd")) {
            target.awaitCheckpoint("leaked");
            Report report = judged(target);
            List<Socket> leaked = new ReportView(report).openedIn(LeakyProgram.class, "forget");
            assertThat(leaked).hasSize(LEAKED).allMatch(socket -> socket.state() == TcpState.CLOSE_WAIT);
            assertThat(report.fileDescriptors().open()).isGreaterThan(LEAKED);
            assertThat(source(report, "self/fd").used()).isFalse();
            assertThat(source(report, "fstat(0, 1, 2...)").used()).isTrue();
            TABLE.add(
                    "`/proc/self/fd` is hidden: an empty folder",
                    "what is tracked is reported; the descriptors are found by their numbers",
                    "three leaks named; `not read: /proc/self/fd: "
                            + source(report, "self/fd").detail() + "`");
        }
    }

    @Test
    void kernelRefusesToListFolders() throws Exception {
        Optional<String[]> launcher = SeccompLauncher.refusing("getdents64");
        Requires.that(
                launcher.isPresent(),
                "no JDK of " + SeccompLauncher.OLDEST + " or later to set a filter of system calls with");
        TargetJvm jvm =
                TargetJvm.of(TargetJdks.all().get(0), LeakyProgram.class).through(launcher.get());
        try (TargetProcess target = start(jvm)) {
            target.awaitCheckpoint("leaked");
            Report judged = judged(target);
            QuietSnapshot quietSnapshot = QuietSnapshot.moment(target);
            quietSnapshot.checkTotals();
            Source descriptors = source(judged, "fstat(0, 1, 2...)");
            assertThat(descriptors.used()).isTrue();
            TABLE.add(
                    "A filter of system calls (seccomp) refuses `getdents64`, which lists folders",
                    STILL,
                    "three leaks named, totals the kernel's; found by their numbers: `" + descriptors.name() + "`");
        }
    }

    @Test
    void procIsMissing() throws Exception {
        requireMountNamespace();
        try (TargetProcess target = start(
                LeakyProgram.class,
                "mount -t tmpfs none /proc && export LD_LIBRARY_PATH=$(dirname $(dirname \"$0\"))/lib")) {
            target.awaitCheckpoint("leaked");
            Report report = judged(target);
            assertThat(new ReportView(report).openedIn(LeakyProgram.class, "forget"))
                    .hasSize(LEAKED)
                    .allMatch(socket -> socket.state() == TcpState.CLOSE_WAIT);
            assertThat(report.fileDescriptors().open()).as("by fstat").isGreaterThan(LEAKED);
            for (String file : List.of("self/fd", "net/tcp", "net/tcp6", "self/limits")) {
                assertThat(notRead(report, file)).as(file).startsWith("absent");
            }
            TABLE.add(
                    "There is no `/proc`",
                    "what is tracked is reported; the descriptors are found by their numbers",
                    "three leaks named; `absent` for each file");
        }
    }

    @Test
    void tableHangs() throws Exception {
        requireMountNamespace();
        Output plain;
        try (TargetProcess target =
                TargetJvm.of(TargetJdks.all().get(0), FourKinds.class).start()) {
            plain = target.awaitCheckpoint("done").finish();
        }
        try (TargetProcess target = start(
                FourKinds.class, "mount -t tmpfs none /proc/$$/net && mkfifo /proc/$$/net/tcp /proc/$$/net/tcp6")) {
            target.awaitCheckpoint("done");
            target.proceed();
            assertThat(target.awaitEnd(Await.PATIENCE)).isEqualTo(plain);
            TABLE.add(
                    "`/proc/self/net/tcp` hangs: opening it never returns",
                    "the program never waits for the agent, and ends as usual",
                    "output and exit status the same");
        }
    }

    /** In a mount namespace in which this was done before. */
    private static TargetProcess start(Class<?> scenario, String before) throws Exception {
        return start(TargetJvm.of(TargetJdks.all().get(0), scenario).through(MountNamespace.around(before)));
    }

    private static TargetProcess start(TargetJvm jvm) throws Exception {
        return jvm.jvm("-javaagent:" + TestEnvironment.agentJar() + "=grace=1ms")
                .start();
    }

    /** A report that has judged the leaks. */
    private static Report judged(TargetProcess target) throws Exception {
        return Await.value(
                "three leaks",
                () -> Optional.of(target.report().report())
                        .filter(report -> report.totals().leaked() == LEAKED));
    }

    /** A report at a moment at which the kernel's tables stand still: a connection of JMX may come or go beside it. */
    private static Report checkTrue(TargetProcess target) throws Exception {
        Report judged = judged(target);
        QuietSnapshot moment = QuietSnapshot.moment(target);
        Report report = moment.report().report();
        KernelView kernel = moment.kernel();
        AgentHealthChecks.check(report);
        assertThat(report.totals().leaked()).isEqualTo(judged.totals().leaked());
        assertThat(report.totals().sockets()).isEqualTo(kernel.inodes().size());
        Set<TcpState> states = new HashSet<>();
        for (Socket socket : report.sockets()) {
            TcpState state = kernel.states().get(socket.inode());
            if (state != null) {
                assertThat(socket.state()).as("%s", socket).isEqualTo(state);
                states.add(state);
            }
            Endpoint remote = socket.remote();
            assertThat(remote == null
                            || remote.port() == 0
                            || remote.address().contains("127.0.0.1")
                            || remote.address().contains("::"))
                    .as("no address is invented: %s", socket)
                    .isTrue();
        }
        assertThat(states).contains(TcpState.CLOSE_WAIT, TcpState.LISTEN);
        return report;
    }

    private static Source source(Report report, String end) {
        return report.agent().sources().stream()
                .filter(source -> source.name().endsWith(end))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "no source " + end + " in " + report.agent().sources()));
    }

    private static String notRead(Report report, String end) {
        Source source = source(report, end);
        assertThat(source.used()).as("%s", source).isFalse();
        return requireNonNull(source.detail());
    }

    private static void requireMountNamespace() throws Exception {
        MountNamespace.require();
    }

    @LastTest
    void tableEqualsPublishedOne() throws Exception {
        TABLE.check(TESTS);
    }
}
