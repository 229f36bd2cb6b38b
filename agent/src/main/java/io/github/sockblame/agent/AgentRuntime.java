// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.alarm.AlertMonitor;
import io.github.sockblame.agent.bootstrap.JdkAccess;
import io.github.sockblame.agent.diagnosis.ReportService;
import io.github.sockblame.agent.kernel.ProcFs;
import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.agent.kernel.ThreadCpuTime;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.StackCapturer;
import io.github.sockblame.agent.ledger.TraceRing;
import io.github.sockblame.agent.ledger.WarmUp;
import io.github.sockblame.agent.watch.Watch;
import io.github.sockblame.agent.watch.Watching;
import io.github.sockblame.probe.SocketListener;
import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import java.nio.file.Path;
import java.util.Set;

/**
 * The working part: ledger, kernel and watch, wired to the probe. It must not be loaded before the probe is in the boot
 * loader, because the JVM loads the probe's classes to verify this class.
 */
final class AgentRuntime {

    private final Watching watching;

    private AgentRuntime(Watching watching) {
        this.watching = watching;
    }

    static AgentRuntime start(Agent agent, JdkAccess door, Watch watch) throws ReflectiveOperationException {
        JdkDescriptorFields fields = new JdkDescriptorFields(door);
        JdkConnectionAddresses addresses = new JdkConnectionAddresses(door);
        SocketProbeControl probe = new SocketProbeControl();
        WarmUp.run(fields, addresses, probe, FileDescriptor.in);
        AgentOptions options = agent.options();
        Ledger ledger = new Ledger(
                fields,
                addresses,
                probe,
                options.traceFile() == null ? null : new TraceRing(),
                new StackCapturer(options.captureBudget()));
        ProcFs procFs = new ProcFs(Path.of("/proc"), new JdkFstat(door));
        SocketStateReader states = SocketStateReader.using(new JdkGetsockopt(door));
        Set<Long> beforeAgent = procFs.socketInodes(); // inherited sockets, and those from before a late attach
        SocketProbe.setListener(ledger);
        return new AgentRuntime(Watching.begin(
                watch,
                new LedgerView(ledger),
                procFs,
                new ThreadCpuTime(Path.of("/proc")),
                states,
                beforeAgent,
                new AgentSurroundings(agent, states, new JdkIoThreads(door, addresses))));
    }

    /** Stops the reception of events. */
    static void stopListening() {
        SocketProbe.setListener(SocketListener.NONE);
        SocketProbe.setIoEventsEnabled(false);
        SocketProbe.setConnectEventsEnabled(false);
    }

    /** See {@link Watching#giveBack}. */
    Runnable closeResources() {
        return watching.giveBack();
    }

    ReportService reports() {
        return watching.reports();
    }

    AlertMonitor alarm() {
        return watching.alarm();
    }
}
