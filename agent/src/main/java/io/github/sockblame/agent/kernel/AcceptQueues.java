// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.TcpState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The data of one reading on the listeners of the network namespace.
 *
 * @param waiting rows of connections that wait for accept, by local address and state; null if there were too many to
 *     count
 * @param foreignListeners local addresses of the listeners of other processes
 * @param mostBacklog {@code net.core.somaxconn}, by which the kernel bounds a backlog at the moment of {@code listen};
 *     -1 if unknown
 * @param overflows {@code ListenOverflows} of {@code net/netstat}, for the whole namespace since it was made; -1 if
 *     unknown
 * @param drops {@code ListenDrops}, in the same way; -1 if unknown
 */
public record AcceptQueues(
        @Nullable Map<Endpoint, Map<TcpState, Integer>> waiting,
        List<Endpoint> foreignListeners,
        long mostBacklog,
        long overflows,
        long drops) {

    /** A reading without data. */
    public static final AcceptQueues UNKNOWN = new AcceptQueues(Map.of(), List.of(), -1, -1, -1);
}
