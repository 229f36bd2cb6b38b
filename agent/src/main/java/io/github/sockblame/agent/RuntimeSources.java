// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.kernel.ProcFs;
import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.agent.kernel.proc.ThreadCpuTime;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.sampling.IoThreadLookup;
import java.util.Set;

/**
 * The sources of the agent's data.
 *
 * @param ledger the events of the hooks
 * @param procFs the files of the kernel
 * @param cpuTime of the watch thread
 * @param states the TCP states by system calls
 * @param ioThreads the threads inside the JDK's sockets
 * @param beforeAgent inodes of the sockets that were open before the agent
 */
record RuntimeSources(
        LedgerView ledger,
        ProcFs procFs,
        ThreadCpuTime cpuTime,
        SocketStateReader states,
        IoThreadLookup ioThreads,
        Set<Long> beforeAgent) {}
