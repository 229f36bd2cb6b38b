// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.alert.AlertMonitor;
import io.github.sockblame.agent.capture.StackDepth;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.file.ReserveDescriptors;
import io.github.sockblame.agent.kernel.ProcFs;
import io.github.sockblame.agent.kernel.proc.ThreadCpuTime;
import io.github.sockblame.agent.log.Deliveries;
import io.github.sockblame.agent.options.AgentOptions;
import io.github.sockblame.agent.options.FileRequests;
import io.github.sockblame.agent.program.ProgramScanner;
import io.github.sockblame.agent.reporting.ProgramInfo;
import io.github.sockblame.agent.request.FileRequestRule;
import io.github.sockblame.agent.request.FileRequestServer;
import io.github.sockblame.agent.service.ReportService;
import io.github.sockblame.agent.trace.TraceWriter;
import io.github.sockblame.agent.watch.Watch;
import org.jspecify.annotations.Nullable;

/**
 * The first work of the watch thread: opens and reads every file that a report or an alert needs, because later there
 * may be no descriptor left. It comes before the first round, which loads many classes. The program may use up its
 * descriptors before that round ends.
 */
final class RuntimePreparation implements Runnable {

    private final AgentOptions options;
    private final ProgramInfo programInfo;
    private final CulpritFinder culprits;
    private final ProgramScanner scanner;
    private final ProcFs procFs;
    private final ThreadCpuTime cpuTime;
    private final ReserveDescriptors reserve;
    private final ReportService reports;
    private final AlertMonitor alerts;
    private final @Nullable TraceWriter trace;
    private final Watch watch;
    private final FileRequestRule fileRequestRule;

    RuntimePreparation(
            AgentOptions options,
            ProgramInfo programInfo,
            CulpritFinder culprits,
            ProgramScanner scanner,
            ProcFs procFs,
            ThreadCpuTime cpuTime,
            ReserveDescriptors reserve,
            ReportService reports,
            AlertMonitor alerts,
            @Nullable TraceWriter trace,
            Watch watch,
            FileRequestRule fileRequestRule) {
        this.options = options;
        this.programInfo = programInfo;
        this.culprits = culprits;
        this.scanner = scanner;
        this.procFs = procFs;
        this.cpuTime = cpuTime;
        this.reserve = reserve;
        this.reports = reports;
        this.alerts = alerts;
        this.trace = trace;
        this.watch = watch;
        this.fileRequestRule = fileRequestRule;
    }

    @Override
    public void run() {
        Deliveries.prepare();
        initializeStackTraces();
        procFs.openFiles();
        cpuTime.openFile();
        if (options.reportFile() != null) {
            reserve.fill();
        }
        long pid = programInfo.program().pid();
        culprits.readLists();
        scanner.readMainClass();
        watch.setProgramScanner(scanner);
        if (options.fileRequests() != FileRequests.NEVER) {
            FileRequestServer requests = FileRequestServer.to(pid, reports, reserve, watch.clock(), fileRequestRule);
            requests.openFilesEarly();
            watch.setRequestServer(requests);
        }
        if (trace != null) { // once: the steps before run again if memory is missing for one of them
            watch.onShutdown(trace::flush);
        }
        if (alerts.wantsExit()) {
            watch.onShutdown(alerts::alertExit);
        }
    }

    /**
     * Makes the JDK initialize what it needs for any stack trace. If that first happened in a full heap, the class would
     * stay broken, and the program would have no stack traces.
     */
    private static void initializeStackTraces() {
        int unused = StackDepth.measure();
    }
}
