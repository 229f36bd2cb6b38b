// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.bootstrap.JdkDoor;
import io.github.sockblame.agent.diagnosis.ReportSource;
import io.github.sockblame.agent.kernel.ProcFs;
import io.github.sockblame.agent.kernel.SocketStates;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.watch.Watch;
import io.github.sockblame.agent.watch.Watching;
import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The working part: ledger, kernel and watch, wired to the probe. Must not be loaded before the probe is in the boot loader: to
 * verify this class the JVM loads the probe's.
 */
final class Engine {

    private final ReportSource reports;

    private Engine(ReportSource reports) {
        this.reports = reports;
    }

    static Engine start(Agent agent, JdkDoor door, Watch watch) throws ReflectiveOperationException {
        Ledger ledger = new Ledger(new JdkFields(door));
        warmUp(ledger);
        ProcFs procFs = new ProcFs(Path.of("/proc"));
        SocketStates states = SocketStates.through(new TcpInfoOption(door));
        Set<Long> beforeAgent =
                agent.isLate() ? new HashSet<>(procFs.read().socketInodes().values()) : Set.of();
        SocketProbe.setListener(ledger);
        return new Engine(
                Watching.begin(watch, ledger, procFs, states, beforeAgent, new AgentSurroundings(agent, states)));
    }

    /**
     * Runs the ledger's paths once on a descriptor without a number, so that no class is loaded and nothing is linked for the
     * first time under the locks of the JDK.
     */
    private static void warmUp(Ledger ledger) {
        FileDescriptor none = new FileDescriptor();
        ledger.opened(none);
        ledger.accepted(none, none);
        ledger.passed(none);
        ledger.endOfFile(none);
        ledger.closing(none, true);
        ledger.preClosed(none);
        ledger.closed(none);
        ledger.owned(none, none);
        ledger.collected(-1);
        ledger.nativeOpened(-1);
        ledger.nativeAccepted(-1, -1);
        ledger.nativeEndOfFile(-1, true);
        ledger.nativeClosed(-1);
    }

    ReportSource reports() {
        return reports;
    }
}
