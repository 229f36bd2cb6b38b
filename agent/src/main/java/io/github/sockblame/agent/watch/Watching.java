// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.alarm.AlertMonitor;
import io.github.sockblame.agent.alarm.ReportFiles;
import io.github.sockblame.agent.diagnosis.CulpritFinder;
import io.github.sockblame.agent.diagnosis.ReportService;
import io.github.sockblame.agent.file.ReserveDescriptors;
import io.github.sockblame.agent.kernel.ProcFs;
import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.agent.kernel.ThreadCpuTime;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TraceRing;
import io.github.sockblame.agent.request.FileRequestServer;
import io.github.sockblame.report.Program;
import java.util.Set;

/** The running parts of the agent that watch. */
public final class Watching {

    /**
     * Descriptors in reserve for the answer to a file request. If the program takes them first, the viewer repeats its
     * request a second later.
     */
    private static final int SPARE = 2;

    /** The same if reports are written on alerts, which have no second chance. */
    private static final int SPARE_FOR_FILES = 4;

    private final ReportService reports;
    private final AlertMonitor alertMonitor;
    private final Runnable giveBack;

    private Watching(ReportService reports, AlertMonitor alertMonitor, Runnable giveBack) {
        this.reports = reports;
        this.alertMonitor = alertMonitor;
        this.giveBack = giveBack;
    }

    /**
     * Starts the watching of these sockets on the watch thread.
     *
     * @param threadCpuTime of the watch thread
     * @param beforeAgent inodes of the sockets that were open before the agent
     */
    public static Watching begin(
            Watch watch,
            LedgerView ledger,
            ProcFs procFs,
            ThreadCpuTime threadCpuTime,
            SocketStateReader states,
            Set<Long> beforeAgent,
            Surroundings surroundings) {
        QuickStatsCollector quickStatsCollector =
                new QuickStatsCollector(surroundings.patience().graceMillis());
        LastUseTracker lastUseTracker = new LastUseTracker(ledger.lastUseCapture(), surroundings);
        SnapshotReader snapshotReader = new SnapshotReader(
                ledger, procFs, states, surroundings.owners(), beforeAgent, lastUseTracker, quickStatsCollector);
        TraceRing ring = ledger.trace();
        String traceTo = surroundings.traceFile();
        TraceWriter traceWriter = ring == null || traceTo == null
                ? null
                : new TraceWriter(traceTo, surroundings.traceMaxBytes(), ring, surroundings);
        ReportBuilder reportBuilder =
                new ReportBuilder(snapshotReader, surroundings, lastUseTracker, traceWriter, watch.clock());
        String pattern = surroundings.reportFile();
        ReserveDescriptors spare = new ReserveDescriptors(pattern == null ? SPARE : SPARE_FOR_FILES);
        ReportFiles files = pattern == null ? null : new ReportFiles(pattern, spare);
        AlertMonitor alertMonitor = new AlertMonitor(surroundings.triggers(), reportBuilder, files);
        ledger.failedOpens()
                .onFirst(
                        new Runnable() { // no lambda, as below
                            @Override
                            public void run() {
                                watch.checkSoon();
                            }
                        });
        // before there is anything to watch: the first round loads much, and a program may have used up its descriptors
        // before it ends
        watch.submit(
                new Runnable() { // no lambda: this runs while a class of the program is being loaded
                    @Override
                    public void run() {
                        // for a report at a moment when nothing can be opened
                        procFs.openFiles();
                        AlertMonitor.preload();
                        if (pattern != null) {
                            spare.fill();
                        }
                        if (traceWriter != null) {
                            watch.onShutdown(traceWriter::flush);
                        }
                        if (alertMonitor.wantsExit()) {
                            watch.onShutdown(alertMonitor::alertExit);
                        }
                        Program program = surroundings.program();
                        CulpritFinder unused = surroundings.culprits();
                        if (surroundings.answersFiles()) {
                            FileRequestServer fileRequestServer =
                                    FileRequestServer.to(program.pid(), reportBuilder, spare, watch.clock());
                            fileRequestServer.openAhead();
                            watch.setRequestServer(fileRequestServer);
                        }
                    }
                });
        watch.watch(ledger, snapshotReader, reportBuilder, threadCpuTime, alertMonitor, traceWriter);
        return new Watching(
                reportBuilder,
                alertMonitor,
                new Runnable() { // no lambda, as above
                    @Override
                    public void run() {
                        if (traceWriter != null) {
                            traceWriter.finish();
                        }
                        spare.end();
                        threadCpuTime.end();
                        procFs.close();
                    }
                });
    }

    /** The source of reports. */
    public ReportService reports() {
        return reports;
    }

    /** Closes what is held open; for the watch thread, after its last round. */
    public Runnable giveBack() {
        return giveBack;
    }

    /** The source of alerts. */
    public AlertMonitor alarm() {
        return alertMonitor;
    }
}
