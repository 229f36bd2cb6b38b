// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.instrument.Hooks;
import io.github.sockblame.agent.join.EarlySockets;
import io.github.sockblame.agent.kernel.FakeProc;
import io.github.sockblame.agent.kernel.proc.ThreadCpuTime;
import io.github.sockblame.agent.ledger.FakeDescriptorAccess;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TestLedger;
import io.github.sockblame.agent.memory.HeapRoom;
import io.github.sockblame.agent.options.AgentOptions;
import io.github.sockblame.agent.reporting.ProgramInfo;
import io.github.sockblame.agent.reporting.ProgramInfos;
import io.github.sockblame.agent.sampling.FakeOwners;
import io.github.sockblame.agent.sampling.FakeStates;
import io.github.sockblame.agent.service.ReportService;
import io.github.sockblame.agent.watch.BackgroundTask;
import io.github.sockblame.agent.watch.Watch;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.ReportDetail;
import io.github.sockblame.report.Source;
import io.github.sockblame.report.TcpState;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentRuntimeTest {

    @TempDir
    Path folder;

    private final Watch watch = Watch.start(BackgroundTask.NONE);
    private final ProgramInfo programInfo = new ProgramInfo("1.2.3", 1_000, true);
    private FakeProc proc;
    private AgentRuntime runtime;

    @BeforeEach
    void start() throws InterruptedException {
        proc = FakeProc.complete(folder).socket(7, 100);
        runtime = AgentRuntime.connect(
                AgentOptions.builder()
                        .grace(Duration.ofSeconds(3))
                        .answersFileRequests(false)
                        .build(),
                programInfo,
                new CurrentStatus(new Hooks(idle()), watch, 0),
                new RuntimeSources(
                        new LedgerView(TestLedger.of(new FakeDescriptorAccess())),
                        proc.procFs(),
                        new ThreadCpuTime(folder),
                        new FakeStates().put(7, TcpState.ESTABLISHED).asked(),
                        FakeOwners.NONE,
                        new EarlySockets(Set.of(100L), Set.of()),
                        List::of,
                        HeapRoom.unlimited(),
                        () -> new Class<?>[0]),
                watch);
        CountDownLatch prepared = new CountDownLatch(1);
        watch.submit(prepared::countDown);
        assertThat(prepared.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void end() {
        assertThat(watch.stop(runtime.resources())).isTrue();
    }

    @Test
    void everyFileOfAReportIsOpenedBeforeTheFirstReport() {
        assertThat(ProgramInfos.isRead(programInfo)).isTrue();
        // An open file stays readable without its name, as it does when no descriptor is left. No table has the socket
        // 100, so all tables are read.
        for (String name : List.of("net/tcp", "net/tcp6", "net/unix", "net/udp", "net/udp6", "limits")) {
            proc.without(name);
        }

        assertThat(runtime.reports().lease(ReportDetail.WHOLE).report().agent().sources())
                .allMatch(Source::used);
    }

    @Test
    void aReportHasTheOptionsTheProgramAndTheAgent() {
        ReportService reports = runtime.reports();
        Report report = reports.lease(ReportDetail.WHOLE).report();

        assertThat(report.agentVersion()).isEqualTo("1.2.3");
        assertThat(report.grace()).isEqualTo(Duration.ofSeconds(3));
        assertThat(report.program().pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(report.program().attachedLate()).isTrue();
        assertThat(report.program().watchedSince().toEpochMilli()).isEqualTo(1_000);
        assertThat(report.agent().hooks()).isNotEmpty().allMatch(hook -> hook.state() == HookState.WAITING);
    }

    /** An instrumentation that does nothing. */
    private static Instrumentation idle() {
        return (Instrumentation) Proxy.newProxyInstance(
                AgentRuntimeTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, args) -> method.getReturnType() == Class[].class ? new Class<?>[0] : null);
    }
}
