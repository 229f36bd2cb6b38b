// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.alert.AlertMonitor;
import io.github.sockblame.agent.alert.ReportFiles;
import io.github.sockblame.agent.capture.StackCapturer;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.culprit.DeepStackCut;
import io.github.sockblame.agent.diagnosis.verdict.GracePeriods;
import io.github.sockblame.agent.file.JdkPaths;
import io.github.sockblame.agent.file.ReserveDescriptors;
import io.github.sockblame.agent.jdk.JdkAccess;
import io.github.sockblame.agent.jdk.JdkConnectionAddresses;
import io.github.sockblame.agent.jdk.JdkDescriptorFields;
import io.github.sockblame.agent.jdk.JdkFstat;
import io.github.sockblame.agent.jdk.JdkGetsockopt;
import io.github.sockblame.agent.jdk.JdkIoThreads;
import io.github.sockblame.agent.jdk.JdkRuntimeArguments;
import io.github.sockblame.agent.join.EarlySockets;
import io.github.sockblame.agent.kernel.ProcFs;
import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.agent.kernel.fd.InitialDescriptors;
import io.github.sockblame.agent.kernel.proc.ThreadCpuTime;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TraceRing;
import io.github.sockblame.agent.ledger.WarmUp;
import io.github.sockblame.agent.memory.HeapRoom;
import io.github.sockblame.agent.memory.ScarceHeap;
import io.github.sockblame.agent.options.AgentOptions;
import io.github.sockblame.agent.options.FileRequests;
import io.github.sockblame.agent.program.ProgramScanner;
import io.github.sockblame.agent.redact.Redaction;
import io.github.sockblame.agent.reporting.AgentHealthCollector;
import io.github.sockblame.agent.reporting.AgentSettings;
import io.github.sockblame.agent.reporting.AgentStatus;
import io.github.sockblame.agent.reporting.ProgramInfo;
import io.github.sockblame.agent.reporting.ReportBuilder;
import io.github.sockblame.agent.reporting.ReportCache;
import io.github.sockblame.agent.request.FileRequestRule;
import io.github.sockblame.agent.sampling.LastUseTracker;
import io.github.sockblame.agent.sampling.SocketSampler;
import io.github.sockblame.agent.service.ReportService;
import io.github.sockblame.agent.trace.TraceSettings;
import io.github.sockblame.agent.trace.TraceWriter;
import io.github.sockblame.agent.watch.Watch;
import io.github.sockblame.probe.SocketListener;
import io.github.sockblame.probe.SocketProbe;
import io.github.sockblame.report.TraceHealth;
import java.io.FileDescriptor;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The working part of the agent. The one place that makes its objects and connects them: first the sources, then what
 * reads them, and the watch thread last.
 *
 * <p>It must not be loaded before the probe is in the boot loader, because the JVM loads the probe's classes to verify
 * this class. It runs while the program loads a class, so it has no lambda, and all work that reads files is left to
 * {@link RuntimePreparation}.
 */
final class AgentRuntime {

    /**
     * Descriptors in reserve for the answer to a file request. If the program takes them first, the viewer repeats its
     * request a second later.
     */
    private static final int RESERVE = 2;

    /** The same if reports are written on alerts, which have no second chance. */
    private static final int RESERVE_FOR_ALERTS = 4;

    private final ReportService reports;
    private final AlertMonitor alerts;
    private final Runnable resources;

    private AgentRuntime(ReportService reports, AlertMonitor alerts, Runnable resources) {
        this.reports = reports;
        this.alerts = alerts;
        this.resources = resources;
    }

    /** Starts to receive events and to watch. */
    static AgentRuntime start(
            AgentOptions options,
            ProgramInfo programInfo,
            CurrentStatus status,
            JdkAccess jdk,
            Instrumentation instrumentation,
            InitialDescriptors initial,
            Watch watch)
            throws ReflectiveOperationException {
        JdkDescriptorFields fields = new JdkDescriptorFields(jdk);
        JdkConnectionAddresses addresses = new JdkConnectionAddresses(jdk);
        SocketProbeControl probe = new SocketProbeControl();
        WarmUp.run(fields, addresses, probe, FileDescriptor.in);
        TraceRing ring = options.traceFile() == null ? null : new TraceRing();
        Ledger ledger = new Ledger(fields, addresses, probe, ring, new StackCapturer(options.captureBudget()));
        Path proc = JdkPaths.of("/proc");
        ProcFs procFs = new ProcFs(proc, new JdkFstat(jdk));
        SocketStateReader states = SocketStateReader.using(new JdkGetsockopt(jdk));
        // inherited sockets, and those from before a late attach or late hooks
        EarlySockets early = new EarlySockets(
                procFs.socketInodes(initial),
                status.areHooksLate() ? procFs.socketInodes(InitialDescriptors.all()) : Set.of());
        SocketProbe.setListener(ledger);
        RuntimeSources sources = new RuntimeSources(
                new LedgerView(ledger),
                procFs,
                new ThreadCpuTime(proc),
                states,
                new JdkIoThreads(jdk, addresses),
                early,
                new JdkRuntimeArguments(jdk),
                HeapRoom.ofThisJvm(),
                new Supplier<>() {
                    @Override
                    public Class<?>[] get() {
                        return instrumentation.getAllLoadedClasses();
                    }
                });
        return connect(options, programInfo, status, sources, watch);
    }

    /** Connects these sources to reports and alerts, on the watch thread. */
    static AgentRuntime connect(
            AgentOptions options, ProgramInfo programInfo, AgentStatus status, RuntimeSources sources, Watch watch) {
        AgentSettings settings = new AgentSettings(
                new GracePeriods(options.grace(), options.idle()),
                options.selection(),
                options.redact() ? new Redaction() : null);
        CulpritFinder culprits = CulpritFinder.of(options.app(), options.library());
        LedgerView ledger = sources.ledger();
        ledger.limitStackMemory(options.stacksMaxBytes(), new DeepStackCut(culprits), sources.heapRoom());
        LastUseTracker lastUse = new LastUseTracker(ledger.lastUseCapture(), culprits);
        SocketSampler sampler = new SocketSampler(
                ledger,
                sources.procFs(),
                sources.states(),
                sources.ioThreads(),
                sources.heapRoom(),
                sources.early(),
                lastUse,
                culprits,
                settings.gracePeriods().graceMillis());
        TraceWriter trace = trace(options, programInfo, culprits, sources, settings.redaction());
        AgentHealthCollector health = new AgentHealthCollector(status, sampler, traceHealth(trace));
        ProgramScanner scanner = new ProgramScanner(sources.loadedClasses(), culprits);
        ReportBuilder builder =
                new ReportBuilder(sampler, settings, programInfo, culprits, scanner, health, watch.pauses());
        ReportCache reports =
                new ReportCache(builder, sources.heapRoom(), sampler, lastUse, programInfo, status, watch.clock());
        String reportFile = options.reportFile();
        ReserveDescriptors reserve = new ReserveDescriptors(reportFile == null ? RESERVE : RESERVE_FOR_ALERTS);
        ReportFiles files = reportFile == null ? null : new ReportFiles(reportFile, reserve);
        AlertMonitor alerts = new AlertMonitor(options.alerts(), reports, files);
        ledger.failedOpens().onFirst(new Runnable() {
            @Override
            public void run() {
                watch.checkSoon();
            }
        });
        ledger.stackCapturer().onManyUnresolved(new Runnable() {
            @Override
            public void run() {
                watch.resolveSoon();
            }
        });
        FileRequestRule fileRequestRule =
                new FileRequestRule(options.fileRequests() == FileRequests.ALWAYS, sources.jvmArguments());
        ScarceHeap scarceHeap = new ScarceHeap(sources.heapRoom(), new HeapNotice());
        watch.watch(ledger, sampler, sources.cpuTime(), alerts, trace, scarceHeap);
        watch.submit(new RuntimePreparation(
                options,
                programInfo,
                culprits,
                scanner,
                sources.procFs(),
                sources.cpuTime(),
                reserve,
                reports,
                alerts,
                trace,
                watch,
                fileRequestRule));
        return new AgentRuntime(
                reports, alerts, new RuntimeResources(sources.procFs(), sources.cpuTime(), reserve, trace));
    }

    private static @Nullable TraceWriter trace(
            AgentOptions options,
            ProgramInfo programInfo,
            CulpritFinder culprits,
            RuntimeSources sources,
            @Nullable Redaction redaction) {
        TraceRing ring = sources.ledger().trace();
        String file = options.traceFile();
        return ring == null || file == null
                ? null
                : new TraceWriter(
                        new TraceSettings(file, options.traceMaxBytes(), redaction),
                        ring,
                        culprits,
                        sources.ioThreads(),
                        programInfo);
    }

    private static @Nullable Supplier<TraceHealth> traceHealth(@Nullable TraceWriter trace) {
        return trace == null
                ? null
                : new Supplier<>() {
                    @Override
                    public TraceHealth get() {
                        return trace.health();
                    }
                };
    }

    /** Stops the reception of events. */
    static void stopListening() {
        SocketProbe.setListener(SocketListener.NONE);
        SocketProbe.setIoEventsEnabled(false);
        SocketProbe.setConnectEventsEnabled(false);
    }

    /** The source of reports. */
    ReportService reports() {
        return reports;
    }

    /** The source of alerts. */
    AlertMonitor alerts() {
        return alerts;
    }

    /** Closes what is held open; for the watch thread, after its last round. */
    Runnable resources() {
        return resources;
    }
}
