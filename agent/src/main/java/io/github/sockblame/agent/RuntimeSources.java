// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.join.EarlySockets;
import io.github.sockblame.agent.kernel.ProcFs;
import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.agent.kernel.proc.ThreadCpuTime;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.memory.HeapRoom;
import io.github.sockblame.agent.sampling.IoThreadLookup;
import java.util.List;
import java.util.function.Supplier;

/**
 * The sources of the agent's data.
 *
 * @param ledger the events of the hooks
 * @param procFs the files of the kernel
 * @param cpuTime of the watch thread
 * @param states the TCP states by system calls
 * @param ioThreads the threads inside the JDK's sockets
 * @param early the sockets that were open before the agent
 * @param jvmArguments the options of the JVM
 * @param heapRoom the room of the heap
 * @param loadedClasses the classes that are loaded now
 */
record RuntimeSources(
        LedgerView ledger,
        ProcFs procFs,
        ThreadCpuTime cpuTime,
        SocketStateReader states,
        IoThreadLookup ioThreads,
        EarlySockets early,
        Supplier<List<String>> jvmArguments,
        HeapRoom heapRoom,
        Supplier<Class<?>[]> loadedClasses) {}
