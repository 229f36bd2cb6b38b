// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import io.github.sockblame.agent.collection.Sums;
import io.github.sockblame.agent.kernel.proc.FieldSplitter;
import io.github.sockblame.agent.kernel.proc.PortRange;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.TcpState;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts, for each remote endpoint, the local ports of the ephemeral range that connections to it occupy, in any state
 * and of any process. While a connection to the same address and port has a port, TIME_WAIT included, the kernel gives
 * that port to no other.
 *
 * <p>The port of a listener is left out: its connections come from clients, which take no port of this host. The kernel
 * prints a table's listeners before any connection (tcp_seq_start).
 */
public final class EphemeralPortCounter {

    /**
     * The largest number of remote endpoints. One address of this host has fewer ports than that, so only many
     * addresses together connect to more.
     */
    public static final int MOST_ENDPOINTS = 1 << 16;

    private final PortRange range;
    private final ByteOrder order;
    private final AddressIndex endpoints = new AddressIndex(MOST_ENDPOINTS);
    private int[] inUse = new int[16];
    private final BitSet listening = new BitSet();
    private boolean someLeftOut;

    EphemeralPortCounter(PortRange range, ByteOrder order) {
        this.range = range;
        this.order = order;
    }

    /** Returns whether this row is of a connection that takes a port of the range. */
    boolean registerPort(TcpState state, FieldSplitter row) {
        int port = (int) row.hexAfterColon(InetColumns.LOCAL);
        if (port < 0 || port < range.first() || port > range.last()) {
            return false;
        }
        if (state == TcpState.LISTEN) {
            listening.set(port);
        }
        return !listening.get(port);
    }

    /** Counts the port of a row that is in the table for the first time. */
    void add(FieldSplitter row) {
        int number = endpoints.add(row.bytes(), row.from(InetColumns.REMOTE), row.to(InetColumns.REMOTE));
        if (number < 0) {
            someLeftOut = true;
            return;
        }
        if (number == inUse.length) {
            inUse = Arrays.copyOf(inUse, 2 * number);
        }
        inUse[number]++;
    }

    /**
     * The counts.
     *
     * @param complete whether all rows were counted
     */
    LocalPorts toLocalPorts(boolean complete) {
        Map<Endpoint, Integer> all = new HashMap<>();
        for (int number = 0; number < endpoints.size(); number++) {
            byte[] address = endpoints.at(number);
            Endpoint remote = ProcAddressFormat.endpoint(address, 0, address.length, order);
            if (remote != null && remote.port() != 0) {
                Sums.add(all, remote, inUse[number]); // both spellings of an IPv4 address are one
            }
        }
        return new LocalPorts(range.first(), range.last(), all, complete && !someLeftOut);
    }
}
