// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.diagnosis.CulpritFinder;
import io.github.sockblame.agent.diagnosis.ReportSource;
import io.github.sockblame.agent.kernel.CpuTime;
import io.github.sockblame.agent.kernel.ProcFs;
import io.github.sockblame.agent.kernel.SocketStates;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.report.Program;
import java.util.Set;

/** Begins to watch. */
public final class Watching {

    private Watching() {}

    /**
     * Lets the watch thread look at these sockets from now on.
     *
     * @param cpuTime of the watch thread
     * @param beforeAgent inodes of the sockets that were open before the agent was there
     * @return where reports come from
     */
    public static ReportSource begin(
            Watch watch,
            Ledger ledger,
            ProcFs procFs,
            CpuTime cpuTime,
            SocketStates states,
            Set<Long> beforeAgent,
            Surroundings surroundings) {
        CloserLooks closerLooks = new CloserLooks(ledger.closerLook(), surroundings);
        Readings readings = new Readings(ledger, procFs, states, surroundings.owners(), beforeAgent, closerLooks);
        Reporter reporter = new Reporter(readings, surroundings, closerLooks);
        watch.watch(ledger, readings, reporter, cpuTime);
        watch.soon(
                new Runnable() { // no lambda: this runs while a class of the program is being loaded
                    @Override
                    public void run() {
                        // for a report at the moment when nothing can be opened any more
                        procFs.openAhead();
                        Program unused = surroundings.program();
                        CulpritFinder unusedToo = surroundings.culprits();
                    }
                });
        return reporter;
    }
}
