// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import io.github.sockblame.agent.collection.Sums;
import io.github.sockblame.agent.kernel.proc.FieldSplitter;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.TcpState;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts connections that wait for accept, by local address and state: rows without an inode in SYN_RECV, ESTABLISHED
 * or CLOSE_WAIT. The kernel makes the inode when a connection is accepted ({@code sock_graft}). A closed socket has no
 * inode either, but is in none of these states.
 *
 * <p>A row of SYN_RECV is an unfinished handshake ({@code TCP_NEW_SYN_RECV}, printed as 03), which is in no accept
 * queue yet.
 *
 * <p>A listener's row may come later than these rows, so all of them are counted, under the number of their local address.
 * A row needs no object.
 */
final class PendingConnections {

    /**
     * The largest number of local addresses with waiting connections. A host has as many as its listeners have
     * addresses, a few.
     */
    private static final int MAX_ADDRESSES = 512;

    private final AddressIndex addresses = new AddressIndex(MAX_ADDRESSES);
    private final int[] synRecv = new int[MAX_ADDRESSES];
    private final int[] established = new int[MAX_ADDRESSES];
    private final int[] closeWait = new int[MAX_ADDRESSES];
    private final SeenRows met = new SeenRows();
    private final ByteOrder order;
    private boolean someLeftOut;

    PendingConnections(ByteOrder order) {
        this.order = order;
    }

    /** Counts a row, unless it is a repeated one. */
    void add(TcpState state, FieldSplitter row) {
        int[] counts = switch (state) {
            case SYN_RECV -> synRecv;
            case ESTABLISHED -> established;
            case CLOSE_WAIT -> closeWait;
            default -> null;
        };
        if (counts == null) {
            return;
        }
        if (met.isFull()) {
            someLeftOut = true;
            return;
        }
        if (!met.add(row.bytes(), row.from(InetColumns.LOCAL), row.to(InetColumns.REMOTE))) {
            return; // the first one counts
        }
        int number = addresses.add(row.bytes(), row.from(InetColumns.LOCAL), row.to(InetColumns.LOCAL));
        if (number < 0) {
            someLeftOut = true;
        } else {
            counts[number]++;
        }
    }

    /**
     * Number of rows by local address and state; states without rows are absent. Null if there were too many to count.
     */
    @Nullable Map<Endpoint, Map<TcpState, Integer>> byLocalAddress() {
        if (someLeftOut) {
            return null;
        }
        Map<Endpoint, Map<TcpState, Integer>> all = new HashMap<>();
        for (int number = 0; number < addresses.size(); number++) {
            byte[] address = addresses.at(number);
            Endpoint local = ProcAddressFormat.endpoint(address, 0, address.length, order);
            if (local != null) {
                // both spellings of an IPv4 address are one
                Map<TcpState, Integer> counts = all.get(local);
                if (counts == null) {
                    counts = new EnumMap<>(TcpState.class);
                    all.put(local, counts);
                }
                add(counts, TcpState.SYN_RECV, synRecv[number]);
                add(counts, TcpState.ESTABLISHED, established[number]);
                add(counts, TcpState.CLOSE_WAIT, closeWait[number]);
            }
        }
        return all;
    }

    private static void add(Map<TcpState, Integer> counts, TcpState state, int count) {
        if (count > 0) {
            Sums.add(counts, state, count);
        }
    }
}
