// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sockblame.agent.diagnosis.ReportSource;
import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.Program;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.ReportJson;
import io.github.sockblame.report.Rescued;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SockblameTest {

    private static final Hook WOVEN = new Hook("a.B.open", "open", HookState.WOVEN, null);
    private static final Hook WAITING = new Hook("a.B.read", "end of file", HookState.WAITING, null);
    private static final Hook MISSING = new Hook("a.B.close", "close", HookState.MISSING, "no such method");
    private static final Hook GONE = new Hook("a.C.close", "close", HookState.MISSING, "no such class");

    @Test
    void attributesAreThoseOfTheRecentReport() {
        Sockblame bean = bean(WOVEN);

        assertThat(bean.getVersion()).isEqualTo("1.2.3");
        assertThat(bean.getSocketsByState()).containsExactly(Map.entry("CLOSE_WAIT", 2), Map.entry("LISTEN", 1));
        assertThat(bean.getTracked()).isEqualTo(4);
        assertThat(bean.getUntracked()).isEqualTo(5);
        assertThat(bean.getLeaked()).isEqualTo(2);
        assertThat(bean.getOpenFileDescriptors()).isEqualTo(77);
        assertThat(bean.getMaxFileDescriptors()).isEqualTo(1024);
        assertThat(bean.getInternalErrors()).isEqualTo(3);
    }

    @Test
    void theHooksAreSummedUp() {
        assertThat(bean(WOVEN).getHookStatus()).isEqualTo("complete");
        assertThat(bean(WOVEN, WAITING).getHookStatus()).isEqualTo("waiting");
        assertThat(bean(WOVEN, WAITING, MISSING, GONE).getHookStatus()).isEqualTo("degraded: a.B.close, a.C.close");
        assertThat(bean(WOVEN, MISSING).getHooks())
                .containsExactly("woven  a.B.open  open", "missing  a.B.close  close  no such method");
    }

    @Test
    void operationsTakeAFreshReport(@TempDir Path folder) throws Exception {
        Sockblame bean = new Sockblame(new Fixed(report(WOVEN)), new DumpDirectory(folder));

        assertThat(bean.reportText()).contains("fresh.jar (pid 42)");
        assertThat(ReportJson.read(bean.reportJson()).program().name()).isEqualTo("fresh.jar");
        Path file = Path.of(bean.writeReport("report.json"));
        assertThat(ReportJson.read(Files.readString(file)).program().name()).isEqualTo("fresh.jar");
    }

    @Test
    void writesNothingUnlessTheUserNamedAFolder() {
        assertThatIllegalArgumentException().isThrownBy(() -> bean(WOVEN).writeReport("report.json"));
    }

    @Test
    void aServerTakesIt() throws Exception {
        MBeanServer server = MBeanServerFactory.newMBeanServer();
        ObjectName name = new ObjectName(Sockblame.OBJECT_NAME);
        server.registerMBean(bean(WOVEN), name);

        assertThat(server.getAttribute(name, "Leaked")).isEqualTo(2);
        assertThat(server.getAttribute(name, "Hooks")).isEqualTo(new String[] {"woven  a.B.open  open"});
    }

    private static Sockblame bean(Hook... hooks) {
        return new Sockblame(new Fixed(report(hooks)), new DumpDirectory(null));
    }

    /** Tells the recent report from a fresh one by the program's name. */
    private record Fixed(Report recent) implements ReportSource {

        @Override
        public Report take() {
            Program program = recent.program();
            return new Report(
                    recent.schema(),
                    recent.agentVersion(),
                    recent.takenAt(),
                    recent.grace(),
                    new Program(42, "fresh.jar", "17", program.startedAt(), program.watchedSince(), false),
                    recent.fileDescriptors(),
                    recent.totals(),
                    recent.sites(),
                    recent.sockets(),
                    recent.rescued(),
                    recent.stacks(),
                    recent.agent(),
                    recent.listeners(),
                    recent.listenDrops(),
                    recent.afterClose(),
                    recent.ephemeralPorts());
        }

        @Override
        public String version() {
            return recent.agentVersion();
        }

        @Override
        public List<Hook> hooks() {
            return recent.agent().hooks();
        }

        @Override
        public long internalErrors() {
            return recent.agent().internalErrors();
        }
    }

    private static Report report(Hook... hooks) {
        Instant start = Instant.parse("2026-03-01T12:00:00Z");
        return new Report(
                Report.SCHEMA,
                "1.2.3",
                start.plusSeconds(60),
                Duration.ofSeconds(5),
                new Program(42, "recent.jar", "17", start, start, false),
                new FileDescriptors(77, 1024),
                new Totals(9, 4, 5, Map.of(TcpState.LISTEN, 1, TcpState.CLOSE_WAIT, 2), 6, null, 2),
                List.of(),
                List.of(),
                new Rescued(0, List.of()),
                List.of(),
                new AgentHealth(List.of(hooks), List.of(), 3, "the last one", 0),
                null,
                null,
                null,
                null);
    }
}
