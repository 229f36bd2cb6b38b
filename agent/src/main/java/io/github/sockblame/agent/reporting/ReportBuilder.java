// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.reporting;

import io.github.sockblame.agent.capture.MonotonicClock;
import io.github.sockblame.agent.capture.ProcessPauses;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.diagnosis.Diagnosis;
import io.github.sockblame.agent.diagnosis.DiagnosisInput;
import io.github.sockblame.agent.diagnosis.EphemeralPortUsage;
import io.github.sockblame.agent.diagnosis.verdict.GracePeriods;
import io.github.sockblame.agent.diagnosis.verdict.Waiting;
import io.github.sockblame.agent.join.ClosedConnections;
import io.github.sockblame.agent.kernel.DescriptorCounts;
import io.github.sockblame.agent.kernel.KernelSnapshot;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.program.ProgramScanner;
import io.github.sockblame.agent.redact.Redaction;
import io.github.sockblame.agent.sampling.SnapshotReader;
import io.github.sockblame.agent.sampling.SocketCounts;
import io.github.sockblame.agent.sampling.SocketSampler;
import io.github.sockblame.report.ClosedByCleaner;
import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.History;
import io.github.sockblame.report.Reduction;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Totals;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the reports: it takes a reading, has the diagnosis done, and adds the agent's report on itself. */
public final class ReportBuilder {

    private final SocketSampler sampler;
    private final AgentSettings settings;
    private final ProgramInfo programInfo;
    private final CulpritFinder culprits;
    private final ProgramScanner scanner;
    private final AgentHealthCollector healthCollector;
    private final ProcessPauses pauses;

    /** Builds reports on the sockets that this sampler follows. */
    public ReportBuilder(
            SocketSampler sampler,
            AgentSettings settings,
            ProgramInfo programInfo,
            CulpritFinder culprits,
            ProgramScanner scanner,
            AgentHealthCollector healthCollector,
            ProcessPauses pauses) {
        this.sampler = sampler;
        this.settings = settings;
        this.programInfo = programInfo;
        this.culprits = culprits;
        this.scanner = scanner;
        this.healthCollector = healthCollector;
        this.pauses = pauses;
    }

    /** A report of the kernel's counts, for which there is always memory if there is any. No socket is judged. */
    Report buildTotals(Reduction reduction) {
        SocketCounts counts = sampler.count();
        DescriptorCounts descriptors = counts.descriptors();
        Report report = Report.builder()
                .schema(Report.SCHEMA)
                .agentVersion(programInfo.version())
                .takenAt(Instant.ofEpochMilli(MonotonicClock.millis()))
                .grace(settings.gracePeriods().grace())
                .program(programInfo.program())
                .fileDescriptors(new FileDescriptors(descriptors.open(), descriptors.limit()))
                .totals(counts.totals())
                .closedByCleaner(new ClosedByCleaner(counts.closedByCleaner(), List.of()))
                .agent(healthCollector.collect(descriptors.sources(), 0, counts.unconfirmed(), culprits.program()))
                .redacted(false)
                .reduction(reduction)
                .build();
        return redacted(report);
    }

    private Report redacted(Report report) {
        Redaction redaction = settings.redaction();
        return redaction == null ? report : redaction.of(report);
    }

    /** Takes a fresh reading of ledger and kernel. */
    Report build() {
        sampler.resolveStacks();
        scanner.scan(); // the classes of these stacks are loaded by now
        sampler.drainCloses();
        SnapshotReader.JoinedSnapshot joinedSnapshot = sampler.read();
        KernelSnapshot kernel = joinedSnapshot.kernel();
        long nanos = System.nanoTime();
        Instant now = Instant.ofEpochMilli(MonotonicClock.millisAt(nanos));
        GracePeriods gracePeriods = settings.gracePeriods();
        Diagnosis diagnosis = Diagnosis.of(new DiagnosisInput(
                joinedSnapshot.join().sockets(),
                joinedSnapshot.listening(),
                joinedSnapshot.cleanerCloses(),
                new Waiting(now.toEpochMilli(), gracePeriods, pauses.until(nanos)),
                culprits,
                sampler.closes().siblings(),
                sampler.closes().stats(),
                new ClosedConnections(kernel.closedRows(), sampler.closes().recent()),
                settings.scope()));
        Report report = Report.builder()
                .schema(Report.SCHEMA)
                .agentVersion(programInfo.version())
                .takenAt(now)
                .grace(gracePeriods.grace())
                .program(programInfo.program())
                .fileDescriptors(new FileDescriptors(kernel.openDescriptors(), kernel.descriptorLimit()))
                .totals(diagnosis.totals())
                .sites(diagnosis.sites())
                .sockets(diagnosis.sockets())
                .closedByCleaner(diagnosis.closedByCleaner())
                .stacks(diagnosis.stacks())
                .agent(healthCollector.collect(
                        kernel.sources(),
                        joinedSnapshot.withoutRow(),
                        joinedSnapshot.unconfirmed(),
                        culprits.program()))
                .listeners(diagnosis.listeners())
                .listenDrops(joinedSnapshot.listening().drops())
                .afterClose(diagnosis.afterClose())
                .ephemeralPorts(EphemeralPortUsage.of(
                        kernel.localPorts(), joinedSnapshot.join().sockets(), diagnosis.afterClose()))
                .redacted(false)
                .excludedSockets(diagnosis.excludedSockets())
                .history(history(now, diagnosis.totals(), kernel.openDescriptors()))
                .build();
        return redacted(report);
    }

    /** The last hour up to this report; null if it fails, because a report is worth more than its history. */
    private @Nullable History history(Instant now, Totals totals, long descriptors) {
        try {
            sampler.minutes().recordReport(now, totals, descriptors);
            return sampler.minutes().toHistory();
        } catch (Throwable t) {
            InternalErrors.count(t);
            return null;
        }
    }
}
