// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import io.github.sockblame.report.Endpoint;
import java.util.Map;

/**
 * The local ports of the ephemeral range that are taken, by remote endpoint.
 *
 * @param first the first port of the range; -1 if unknown
 * @param last the last port of the range; -1 if unknown
 * @param inUse number of ports taken, by remote endpoint, of all processes of the network namespace
 * @param complete whether all of them could be counted: if not, there may be more
 */
public record LocalPorts(int first, int last, Map<Endpoint, Integer> inUse, boolean complete) {

    /** A reading without data. */
    public static final LocalPorts UNKNOWN = new LocalPorts(-1, -1, Map.of(), true);
}
