// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ports that the kernel gives to outgoing connections without a port of their own choice, and how many are taken.
 * Each connection to the same remote endpoint needs another port, also while it is in TIME_WAIT; when no port is left,
 * {@code connect} fails with EADDRNOTAVAIL.
 *
 * @param first the first port of the range ({@code net.ipv4.ip_local_port_range})
 * @param last the last port of the range
 * @param fullest the remote endpoints to which most ports are taken, by any process of the network namespace, the
 *     fullest first
 * @param complete whether the agent could count all; if not, there may be more
 */
public record EphemeralPorts(int first, int last, List<PortsTo> fullest, boolean complete) {

    public EphemeralPorts {
        fullest = List.copyOf(fullest);
    }

    /** Returns the number of ports in the range. */
    public int size() {
        return last - first + 1;
    }

    /**
     * The ports that are taken towards one remote endpoint.
     *
     * @param remote remote address
     * @param taken number of ports
     * @param byProgram how many connections of the watched program are among them: open ones, and closed ones that still
     *     have a row in the kernel's table; null in a report of an older agent, which did not count them
     */
    public record PortsTo(
            Endpoint remote, int taken, @Nullable Integer byProgram) {

        public PortsTo {
            requireNonNull(remote, "remote");
        }
    }
}
