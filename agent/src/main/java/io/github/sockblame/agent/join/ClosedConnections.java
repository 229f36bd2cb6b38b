// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import io.github.sockblame.agent.kernel.net.ClosedConnectionTable;
import java.util.List;

/**
 * The remains of closed connections: the kernel's rows, which name no program, and the closes that the agent saw.
 *
 * @param rows the rows of the whole network namespace
 * @param seen the connections that the program has closed lately
 */
public record ClosedConnections(ClosedConnectionTable rows, List<ClosedConnection> seen) {

    /** No remains. */
    public static final ClosedConnections NONE = new ClosedConnections(new ClosedConnectionTable(), List.of());
}
