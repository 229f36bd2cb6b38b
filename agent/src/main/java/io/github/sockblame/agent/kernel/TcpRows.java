// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.TcpState;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of {@code net/tcp} and {@code net/tcp6}, and keeps those of the wanted inodes.
 *
 * <p>The tables hold every connection of the network namespace. A row of another process costs a look at two of its
 * fields and leaves nothing behind.
 */
final class TcpRows implements RowReader {

    /* Headings: sl, local_address, rem_address, st, tx_queue:rx_queue, tr:tm->when, retrnsmt, uid, timeout, inode. */
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int QUEUES = 4;
    private static final int TIMER = 5;
    private static final int RETRANSMITS = 6;
    private static final int INODE = 9;

    private final Inodes wanted;
    private final ByteOrder order;

    /*
     * By inode, for a second reason: when a table grows while it is read, the kernel loses its place at the end, counts
     * from row 0, and gives some rows twice. The later one is the fresher.
     */
    private final Map<Long, TcpRow> byInode = new HashMap<>();

    /*
     * Only counted: they are the namespace's, not this process's, and a busy client has tens of thousands of them in
     * TIME_WAIT. Whoever needs their addresses will know which port he asks for, and can filter here. The index is the
     * state's number.
     */
    private final int[] ownerless = new int[Byte.MAX_VALUE + 1];

    TcpRows(Inodes wanted, ByteOrder order) {
        this.wanted = wanted;
        this.order = order;
    }

    Map<Long, TcpRow> byInode() {
        return byInode;
    }

    /** Number of rows without an inode, by state; states without one are absent. */
    Map<TcpState, Integer> ownerless() {
        Map<TcpState, Integer> byState = new EnumMap<>(TcpState.class);
        for (TcpState state : TcpState.values()) {
            int count = ownerless[state.number()];
            if (count > 0) {
                byState.put(state, count);
            }
        }
        return byState;
    }

    @Override
    public boolean read(Fields row) {
        if (row.count() <= INODE) {
            return false;
        }
        long number = row.hex(STATE);
        long inode = row.decimal(INODE);
        TcpState state = number > Byte.MAX_VALUE ? null : TcpState.ofNumber((int) number);
        if (state == null || inode < 0) {
            return false;
        }
        if (inode == 0) {
            ownerless[state.number()]++;
            return true;
        }
        return !wanted.contains(inode) || keep(inode, state, row);
    }

    private boolean keep(long inode, TcpState state, Fields row) {
        Endpoint local = endpoint(row, LOCAL);
        Endpoint remote = endpoint(row, REMOTE);
        long sendQ = row.hexBeforeColon(QUEUES);
        long recvQ = row.hexAfterColon(QUEUES);
        long timer = row.hexBeforeColon(TIMER);
        long retransmits = row.hex(RETRANSMITS);
        if (local == null || remote == null || sendQ < 0 || recvQ < 0 || timer < 0 || retransmits < 0) {
            return false;
        }
        byInode.put(inode, new TcpRow(inode, state, local, remote, recvQ, sendQ, (int) timer, retransmits));
        return true;
    }

    private @Nullable Endpoint endpoint(Fields row, int field) {
        int colon = row.colon(field);
        long port = row.hexAfterColon(field);
        if (colon < 0 || port < 0 || port > 65535) {
            return null;
        }
        String address = Addresses.text(row.bytes(), row.from(field), colon, order);
        return address == null ? null : new Endpoint(address, (int) port);
    }
}
