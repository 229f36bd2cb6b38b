// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import io.github.sockblame.agent.kernel.fd.InodeSet;
import io.github.sockblame.agent.kernel.proc.FieldSplitter;
import io.github.sockblame.agent.kernel.proc.PortRange;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.TcpState;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads rows of {@code net/tcp} and {@code net/tcp6}. */
public final class TcpRows extends InetRows<TcpRow> {

    private static final int MOST_FOREIGN = 4096;

    /*
     * Only counted: they are the namespace's, not this process's, and a busy client has tens of thousands of them in
     * TIME_WAIT. Other classes keep further data of them, without an object for each row.
     */
    private final StateCounts orphanRows = new StateCounts();

    /** The stop is considered once in so many rows. */
    private static final int ROWS_PER_STOP = 256;

    private final BooleanSupplier stop;
    private int rows;
    private boolean stopped;
    private final ByteOrder order;
    private final PendingConnections waiting;
    private final ClosedConnectionTable closed;
    private final EphemeralPortCounter ports;
    private final Map<Long, Endpoint> foreignListeners = new LinkedHashMap<>(); // by inode: some rows come twice

    /**
     * Keeps the rows of the wanted inodes, and counts the local ports of the range.
     *
     * @param stop whether the rest of the tables is to be skipped
     */
    public TcpRows(InodeSet wanted, PortRange range, ByteOrder order, BooleanSupplier stop) {
        super(wanted, order);
        this.stop = stop;
        this.order = order;
        closed =
                new ClosedConnectionTable(Math.max(16, wanted.places() / 2)); // one end of each connection takes a port
        ports = new EphemeralPortCounter(range, order);
        waiting = new PendingConnections(order);
    }

    /** Number of connections that wait for accept, by local address and state; null if there were too many to count. */
    public @Nullable Map<Endpoint, Map<TcpState, Integer>> pendingByLocalAddress() {
        return waiting.byLocalAddress();
    }

    /** The rows of closed connections. */
    public ClosedConnectionTable closed() {
        return closed;
    }

    /** The ephemeral ports that are taken. */
    public LocalPorts localPorts() {
        return ports.toLocalPorts(closed.isComplete());
    }

    /** Local addresses of the listeners of other processes, at most {@value #MOST_FOREIGN} of them. */
    public List<Endpoint> foreignListeners() {
        return new ArrayList<>(foreignListeners.values());
    }

    /** Number of rows without an inode, by state; states without rows are absent. */
    public Map<TcpState, Integer> orphanRows() {
        return orphanRows.toMap();
    }

    /** Returns whether the rest of the tables was skipped. */
    public boolean isStopped() {
        return stopped;
    }

    @Override
    public boolean isDone() {
        return stopped;
    }

    @Override
    void onRow(TcpState state, long inode, FieldSplitter row) {
        rows++;
        stopped |= rows % ROWS_PER_STOP == 0 && stop.getAsBoolean();
        boolean afterClose = inode == 0 && ClosedConnectionTable.isAfterClose(state);
        boolean takesPort = ports.registerPort(state, row);
        long key = afterClose || takesPort ? ConnectionKey.of(row, order) : 0;
        if (key == 0) {
            return; // of no interest, or malformed
        }
        long ticks = afterClose ? row.hexAfterColon(InetColumns.TIMER) : 0;
        boolean fresh = (afterClose && ticks >= 0) ? closed.add(key, state, ticks) : closed.addLive(key);
        if (fresh && takesPort) {
            ports.add(row);
        }
    }

    @Override
    void onOrphanRow(TcpState state, FieldSplitter row) {
        orphanRows.add(state);
        waiting.add(state, row);
    }

    @Override
    void onForeignRow(TcpState state, FieldSplitter row) {
        if (state == TcpState.LISTEN && foreignListeners.size() < MOST_FOREIGN) {
            Endpoint local = local(row);
            if (local != null) {
                foreignListeners.put(row.decimal(InetColumns.INODE), local);
            }
        }
    }

    @Override
    @Nullable TcpRow row(
            long inode,
            TcpState state,
            Endpoint local,
            Endpoint remote,
            long recvQ,
            long sendQ,
            FieldSplitter columns) {
        long timer = columns.hexBeforeColon(InetColumns.TIMER);
        long retransmits = columns.hex(InetColumns.RETRANSMITS);
        long probes = columns.decimal(InetColumns.PROBES);
        return timer < 0 || retransmits < 0 || probes < 0
                ? null
                : new TcpRow(
                        inode,
                        state,
                        local,
                        remote,
                        recvQ,
                        sendQ,
                        (int) timer,
                        retransmits,
                        probes,
                        columns.hashOfRest());
    }
}
