// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sockblame.agent.capture.ProcessPauses;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.diagnosis.ReportScope;
import io.github.sockblame.agent.diagnosis.verdict.GracePeriods;
import io.github.sockblame.agent.join.EarlySockets;
import io.github.sockblame.agent.kernel.FakeProc;
import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.agent.ledger.FakeDescriptorAccess;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TestLedger;
import io.github.sockblame.agent.memory.HeapRoom;
import io.github.sockblame.agent.memory.ReportCost;
import io.github.sockblame.agent.memory.SmallHeap;
import io.github.sockblame.agent.program.ProgramScanners;
import io.github.sockblame.agent.redact.Redaction;
import io.github.sockblame.agent.sampling.FakeOwners;
import io.github.sockblame.agent.sampling.FakeStates;
import io.github.sockblame.agent.sampling.LastUseTracker;
import io.github.sockblame.agent.sampling.SocketSampler;
import io.github.sockblame.agent.service.ReportService;
import io.github.sockblame.agent.watch.ManualClock;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.History;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.Program;
import io.github.sockblame.report.Reduction;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.ReportDetail;
import io.github.sockblame.report.Source;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.WatchHealth;
import io.github.sockblame.report.json.ReportJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class ReportBuilderTest {

    public static final Program PROGRAM = new Program(42, "shop.jar", "17", Instant.EPOCH, Instant.EPOCH, false);
    static final Hook HOOK = new Hook("sun.nio.ch.Net.socket", "open", HookState.WOVEN, null);

    static final WatchHealth ROUNDS = new WatchHealth(
            Instant.EPOCH, Instant.EPOCH.plusSeconds(1), Duration.ofMillis(3), Duration.ofMillis(1003), List.of());

    static final AgentSettings SETTINGS =
            new AgentSettings(new GracePeriods(Duration.ofSeconds(3), Duration.ofMinutes(15)), ReportScope.ALL, null);

    @TempDir
    Path folder;

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final Ledger ledger = TestLedger.of(numbers);
    private final LedgerView view = new LedgerView(ledger);
    private final ManualClock clock = new ManualClock(Duration.ZERO);
    private final FakeAgentStatus status = new FakeAgentStatus();
    private FakeProc proc;
    private ReportService reports;

    @BeforeEach
    void begin() {
        proc = FakeProc.complete(folder);
        reports = reports(SETTINGS);
    }

    private ReportService reports(AgentSettings settings) {
        return reports(proc, new FakeStates().asked(), settings);
    }

    private ReportService reports(FakeProc files, SocketStateReader states, AgentSettings settings) {
        return reports(files, states, settings, HeapRoom.unlimited());
    }

    private ReportService reports(FakeProc files, SocketStateReader states, AgentSettings settings, HeapRoom room) {
        CulpritFinder culprits = CulpritFinder.of(List.of(), List.of());
        LastUseTracker lastUse = new LastUseTracker(view.lastUseCapture(), culprits);
        SocketSampler sampler = new SocketSampler(
                view,
                files.procFs(),
                states,
                FakeOwners.NONE,
                room,
                new EarlySockets(Set.of(), Set.of()),
                lastUse,
                culprits,
                3000);
        ProgramInfo programInfo = new ProgramInfo("test", PROGRAM);
        AgentHealthCollector health = new AgentHealthCollector(status, sampler, null);
        ReportBuilder builder = new ReportBuilder(
                sampler,
                settings,
                programInfo,
                culprits,
                ProgramScanners.withoutClasses(culprits),
                health,
                new ProcessPauses());
        return new ReportCache(builder, room, sampler, lastUse, programInfo, status, clock);
    }

    @Test
    void statesComeFromTrackedSocketsWithoutFiles() throws IOException {
        FakeStates states = new FakeStates()
                .put(7, TcpState.CLOSE_WAIT)
                .put(8, TcpState.CLOSE_WAIT)
                .put(9, TcpState.LISTEN)
                .put(11, TcpState.ESTABLISHED);
        ReportService source =
                reports(FakeProc.bare(Files.createDirectory(folder.resolve("empty"))), states.asked(), SETTINGS);
        for (int fd = 7; fd <= 10; fd++) {
            ledger.opened(numbers.descriptor(fd));
        }

        assertThat(source.states())
                .as("10 is none of TCP, 11 not tracked")
                .containsExactly(Map.entry("CLOSE_WAIT", 2), Map.entry("LISTEN", 1), Map.entry("OTHER", 1));
    }

    @Test
    void withoutMemoryTheReportHasTheKernelsCountsAndNoVerdict() {
        FakeStates states = new FakeStates()
                .put(7, TcpState.CLOSE_WAIT)
                .put(8, TcpState.ESTABLISHED)
                .put(9, TcpState.LISTEN);
        for (int fd = 7; fd <= 9; fd++) {
            proc.socket(fd, 100 + fd);
        }
        ledger.opened(numbers.descriptor(7));
        ledger.opened(numbers.descriptor(8));
        long free = ReportCost.ofTotals(3) + 100;
        ReportService poor = reports(proc, states.asked(), SETTINGS, SmallHeap.of((1 << 20) + free, 0));

        Report report = poor.lease(ReportDetail.WHOLE).report();

        assertThat(report.reduction()).isEqualTo(new Reduction(ReportDetail.TOTALS, ReportCost.ofWhole(2), free));
        assertThat(report.totals().sockets()).isEqualTo(3);
        assertThat(report.totals().tracked()).isEqualTo(2);
        assertThat(report.totals().untracked()).isEqualTo(1);
        assertThat(report.totals().byState())
                .isEqualTo(Map.of(TcpState.CLOSE_WAIT, 1, TcpState.ESTABLISHED, 1, TcpState.LISTEN, 1));
        assertThat(report.sites()).isEmpty();
        assertThat(report.fileDescriptors().limit()).isEqualTo(20_000);
        assertThat(report.agent().hooks()).isEqualTo(status.hooks());
    }

    @Test
    void reportContainsAllParts() {
        proc.socket(7, 100).link(8, "pipe:[5]");
        ledger.opened(numbers.descriptor(7));
        ledger.opened(numbers.descriptor(9));
        Report report = reports.lease(ReportDetail.WHOLE).report();

        assertThat(report.program()).isEqualTo(PROGRAM);
        assertThat(report.grace()).isEqualTo(Duration.ofSeconds(3));
        assertThat(report.totals().sockets()).isEqualTo(1);
        assertThat(report.fileDescriptors().open()).isEqualTo(2);
        assertThat(report.fileDescriptors().limit()).isEqualTo(20_000);
        assertThat(report.agent().hooks()).containsExactly(HOOK);
        assertThat(report.agent().watch()).isEqualTo(ROUNDS);
        assertThat(report.agent().internalErrors()).isEqualTo(5);
        assertThat(report.agent().lastError()).isEqualTo("the last one");
        assertThat(report.agent().unconfirmed()).isEqualTo(1);
        assertThat(report.agent().sources()).extracting(Source::name).contains("getsockopt(TCP_INFO)");
    }

    @Test
    void aReportIsItselfTheLatestOfTheLastHour() {
        proc.socket(7, 100);
        ledger.opened(numbers.descriptor(7));
        Report report = reports.lease(ReportDetail.WHOLE).report();

        List<History.Sample> samples = Objects.requireNonNull(report.history()).samples();
        assertThat(samples.get(samples.size() - 1))
                .isEqualTo(new History.Sample(
                        report.takenAt(),
                        1,
                        0,
                        report.totals().byState(),
                        report.fileDescriptors().open()));
        assertThat(reports.cached().history()).isEqualTo(report.history());
    }

    @Test
    void addressesAreTakenOutIfTheUserWantsThat() {
        proc.socket(7, 100)
                .tcp(
                        "0: 0403020A:9C40 0503020A:01BB 08 00000000:00000001 00:00000000 00000000 0 0 100 1 0 20 4 30 10 -1");
        ledger.opened(numbers.descriptor(7));
        assertThat(reports.lease(ReportDetail.WHOLE).report().hidesAddresses()).isFalse();
        assertThat(ReportJson.write(reports.lease(ReportDetail.WHOLE).report())).contains("10.2.3.5");

        ReportService redacting =
                reports(new AgentSettings(SETTINGS.gracePeriods(), SETTINGS.scope(), new Redaction()));
        Report report = redacting.lease(ReportDetail.WHOLE).report();

        assertThat(report.hidesAddresses()).isTrue();
        assertThat(report.sockets().get(0).local()).isEqualTo(new Endpoint("host-2", 40_000));
        assertThat(report.sockets().get(0).remote()).isEqualTo(new Endpoint("host-1", 443));
        assertThat(ReportJson.write(report)).doesNotContain("10.2.3.");
        assertThat(redacting.cached()).isEqualTo(report.withoutSockets());
        assertThat(redacting.lease(ReportDetail.WHOLE).report().sockets())
                .as("the same names again")
                .isEqualTo(report.sockets());
    }

    @Test
    void figuresOfOneMomentComeFromOneReport() {
        proc.socket(7, 100);
        ledger.opened(numbers.descriptor(7));
        Report first = reports.lease(ReportDetail.WHOLE).report();

        assertThat(reports.cached()).isEqualTo(first.withoutSockets());
        assertThat(reports.cached().totals()).isSameAs(first.totals());
        assertThat(reports.cached().sockets())
                .as("they would be kept until the next report")
                .isEmpty();
        clock.spend(Duration.ofSeconds(1).minusNanos(1));
        assertThat(reports.cached().totals()).isSameAs(first.totals());
        clock.spend(Duration.ofNanos(1));
        assertThat(reports.cached().totals()).as("a second later").isNotSameAs(first.totals());
    }

    @Test
    void reportContainsWatchFailure() {
        assertThat(reports.lease(ReportDetail.WHOLE).report().agent().sources())
                .extracting(Source::name)
                .doesNotContain("sockblame-watch");

        status.watchFailure = "java.lang.OutOfMemoryError: once too often";

        assertThat(reports.lease(ReportDetail.WHOLE).report().agent().sources())
                .filteredOn(source -> source.name().equals("sockblame-watch"))
                .singleElement()
                .matches(source -> !source.used())
                .extracting(Source::detail)
                .asString()
                .contains("OutOfMemoryError: once too often");
    }

    @Test
    void reportContainsLateHooks() {
        assertThat(reports.lease(ReportDetail.WHOLE).report().agent().sources()).noneMatch(Source::limitsReport);

        status.hooksLate = true;

        assertThat(reports.lease(ReportDetail.WHOLE).report().agent().sources())
                .filteredOn(Source::limitsReport)
                .extracting(Source::name)
                .containsExactly(Source.HOOKS);
    }

    @Test
    void afterAnErrorTheNextReportIsWhole() {
        status.failure = new IllegalStateException("while a report is made");

        assertThatThrownBy(() -> reports.lease(ReportDetail.WHOLE)).hasMessage("while a report is made");

        status.failure = null;
        assertThat(reports.lease(ReportDetail.WHOLE).report().reduction()).isNull();
    }
}
