// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.kernel.ClosedConnectionTable;
import java.util.List;

/**
 * What is left of connections that are closed: the kernel's rows, which name no program, and the closes that were seen here.
 *
 * @param rows the rows of the whole network namespace
 * @param seen the connections that the program has closed lately
 */
public record ClosedConnections(ClosedConnectionTable rows, List<ClosedConnection> seen) {

    /** Nothing is left. */
    public static final ClosedConnections NONE = new ClosedConnections(new ClosedConnectionTable(), List.of());
}
