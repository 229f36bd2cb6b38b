// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.file.ReserveDescriptors;
import io.github.sockblame.agent.kernel.ProcFs;
import io.github.sockblame.agent.kernel.proc.ThreadCpuTime;
import io.github.sockblame.agent.trace.TraceWriter;
import org.jspecify.annotations.Nullable;

/** The files and descriptors that the agent holds open; run, it closes all of them. */
final class RuntimeResources implements Runnable {

    private final ProcFs procFs;
    private final ThreadCpuTime cpuTime;
    private final ReserveDescriptors reserve;
    private final @Nullable TraceWriter trace;

    RuntimeResources(ProcFs procFs, ThreadCpuTime cpuTime, ReserveDescriptors reserve, @Nullable TraceWriter trace) {
        this.procFs = procFs;
        this.cpuTime = cpuTime;
        this.reserve = reserve;
        this.trace = trace;
    }

    @Override
    public void run() {
        if (trace != null) {
            trace.finish();
        }
        reserve.end();
        cpuTime.end();
        procFs.close();
    }
}
