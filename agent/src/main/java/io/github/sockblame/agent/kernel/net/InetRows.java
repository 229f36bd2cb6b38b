// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import io.github.sockblame.agent.kernel.fd.InodeMap;
import io.github.sockblame.agent.kernel.fd.InodeSet;
import io.github.sockblame.agent.kernel.proc.FieldSplitter;
import io.github.sockblame.agent.kernel.proc.RowHandler;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.TcpState;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of a table of TCP or of UDP, which have the same columns up to the inode, and keeps those of the wanted
 * inodes.
 *
 * <p>The tables have every socket of the network namespace. A row of another process costs the parsing of two fields
 * and leaves nothing behind, unless it listens.
 */
abstract class InetRows<R extends InetRow> implements RowHandler {

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

    /** The rows of the wanted inodes. */
    public final InodeMap<R> byInode() {
        return inodeMap;
    }

    @Override
    public final boolean acceptsHeader(String headings) {
        return InetColumns.areBelow(headings);
    }

    @Override
    public final boolean read(FieldSplitter row) {
        if (row.count() <= InetColumns.INODE) {
            return false;
        }
        long number = row.hex(InetColumns.STATE);
        long inode = row.decimal(InetColumns.INODE);
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

    private boolean keep(int place, long inode, TcpState state, FieldSplitter columns) {
        Endpoint local = locals.endpoint(columns, InetColumns.LOCAL);
        Endpoint remote = remotes.endpoint(columns, InetColumns.REMOTE);
        long sendQ = columns.hexBeforeColon(InetColumns.QUEUES);
        long recvQ = columns.hexAfterColon(InetColumns.QUEUES);
        if (local == null || remote == null || sendQ < 0 || recvQ < 0) {
            return false;
        }
        R row = row(inode, state, local, remote, recvQ, sendQ, columns);
        if (row != null) {
            inodeMap.setAt(place, row);
        }
        return row != null;
    }

    /** The row with these figures, and those that only this table has; null if they are malformed. */
    abstract @Nullable R row(
            long inode, TcpState state, Endpoint local, Endpoint remote, long recvQ, long sendQ, FieldSplitter columns);

    /** Receives any row, before it is classified. */
    abstract void onRow(TcpState state, long inode, FieldSplitter row);

    /** Counts a row without an inode. */
    abstract void onOrphanRow(TcpState state, FieldSplitter row);

    /** Receives the row of an unwanted socket, usually of another process. */
    abstract void onForeignRow(TcpState state, FieldSplitter row);

    /** The local address of a row; null if it is malformed. */
    final @Nullable Endpoint local(FieldSplitter row) {
        return locals.endpoint(row, InetColumns.LOCAL);
    }
}
