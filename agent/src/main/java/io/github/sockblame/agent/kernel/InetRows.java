// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.TcpState;
import java.nio.ByteOrder;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of a table of TCP or of UDP, which have the same columns up to the inode, and keeps those of the wanted
 * inodes.
 *
 * <p>The tables have every socket of the network namespace. A row of another process costs the parsing of two fields
 * and leaves nothing behind, unless it listens.
 */
abstract class InetRows<R extends InetRow> implements RowHandler {

    /* Headings: sl, local_address, rem_address, st, tx_queue:rx_queue, tr:tm->when, retrnsmt, uid, timeout, inode. */
    static final int LOCAL = 1;
    static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int QUEUES = 4;
    static final int INODE = 9;

    /**
     * Two headings are above one column with a colon. The third is {@code rem_address}, or {@code remote_address} in
     * the tables of IPv6.
     */
    private static final List<String> HEADINGS = List.of(
            "sl",
            "local_address",
            "rem",
            "st",
            "tx_queue",
            "rx_queue",
            "tr",
            "tm->when",
            "retrnsmt",
            "uid",
            "timeout",
            "inode");

    private final InodeSet wanted;
    private final AddressColumn locals;
    private final AddressColumn remotes;

    /*
     * A map by inode also removes repeated rows: if a table grows while it is read, the kernel loses its place at the
     * end, counts from row 0, and gives some rows twice. The later one is the fresher.
     */
    private final InodeMap<R> inodeMap;

    InetRows(InodeSet wanted, ByteOrder order) {
        this.wanted = wanted;
        this.inodeMap = new InodeMap<>(wanted);
        this.locals = new AddressColumn(order);
        this.remotes = new AddressColumn(order);
    }

    final InodeMap<R> byInode() {
        return inodeMap;
    }

    @Override
    public final boolean acceptsHeader(String headings) {
        return hasKnownHeadings(headings);
    }

    /**
     * Returns whether the columns up to the inode are those of every kernel since 2.6. With another column among them,
     * a row would be read with a wrong state or without an inode.
     */
    static boolean hasKnownHeadings(String headings) {
        StringTokenizer words = new StringTokenizer(headings);
        boolean known = words.countTokens() >= HEADINGS.size();
        for (String heading : HEADINGS) {
            known = known && words.nextToken().startsWith(heading);
        }
        return known;
    }

    @Override
    public final boolean read(FieldSplitter row) {
        if (row.count() <= INODE) {
            return false;
        }
        long number = row.hex(STATE);
        long inode = row.decimal(INODE);
        TcpState state = number > Byte.MAX_VALUE ? null : TcpState.ofNumber((int) number);
        if (state == null || inode < 0) {
            return false;
        }
        onRow(state, inode, row);
        if (inode == 0) {
            onOrphanRow(state, row);
            return true;
        }
        int place = wanted.placeOf(inode);
        if (place < 0) {
            onForeignRow(state, row);
            return true;
        }
        return keep(place, inode, state, row);
    }

    private boolean keep(int place, long inode, TcpState state, FieldSplitter fieldSplitter) {
        Endpoint local = locals.endpoint(fieldSplitter, LOCAL);
        Endpoint remote = remotes.endpoint(fieldSplitter, REMOTE);
        long sendQ = fieldSplitter.hexBeforeColon(QUEUES);
        long recvQ = fieldSplitter.hexAfterColon(QUEUES);
        if (local == null || remote == null || sendQ < 0 || recvQ < 0) {
            return false;
        }
        R row = row(inode, state, local, remote, recvQ, sendQ, fieldSplitter);
        if (row != null) {
            inodeMap.setAt(place, row);
        }
        return row != null;
    }

    /** The row with these figures, and those that only this table has; null if they are malformed. */
    abstract @Nullable R row(
            long inode,
            TcpState state,
            Endpoint local,
            Endpoint remote,
            long recvQ,
            long sendQ,
            FieldSplitter fieldSplitter);

    /** Receives any row, before it is classified. */
    abstract void onRow(TcpState state, long inode, FieldSplitter row);

    /** Counts a row without an inode. */
    abstract void onOrphanRow(TcpState state, FieldSplitter row);

    /** Receives the row of an unwanted socket, usually of another process. */
    abstract void onForeignRow(TcpState state, FieldSplitter row);

    /** The local address of a row; null if it is malformed. */
    final @Nullable Endpoint local(FieldSplitter row) {
        return locals.endpoint(row, LOCAL);
    }
}
