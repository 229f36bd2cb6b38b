// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import io.github.sockblame.agent.kernel.net.InetRow;
import io.github.sockblame.agent.kernel.net.TcpRow;
import io.github.sockblame.agent.ledger.AcceptStats;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * One socket descriptor of the process, with the data of ledger and kernel.
 *
 * <p>The values that are read after the join are set once ({@link #setLiveValues}), in place: a copy of each socket would
 * be a tenth of the memory that a report takes.
 */
public final class JoinedSocket {

    private final int fd;
    private final long inode;
    private final @Nullable TrackedSocket tracked;
    private final boolean stable;
    private final Origin origin;
    private final Protocol protocol;
    private final @Nullable TcpState state;
    private final @Nullable InetRow row;
    private StateTimes history;
    private @Nullable ActiveThread activeThread;
    private @Nullable RowlessFigures rowless;
    private EofReader eofReader = EofReader.UNKNOWN;

    /**
     * Has these values, which the accessors describe.
     */
    public JoinedSocket(
            int fd,
            long inode,
            @Nullable TrackedSocket tracked,
            boolean stable,
            Origin origin,
            Protocol protocol,
            @Nullable TcpState state,
            @Nullable InetRow row,
            StateTimes history,
            @Nullable ActiveThread activeThread,
            @Nullable RowlessFigures rowless) {
        this.fd = fd;
        this.inode = inode;
        this.tracked = tracked;
        this.stable = stable;
        this.origin = origin;
        this.protocol = protocol;
        this.state = state;
        this.row = row;
        this.history = history;
        this.activeThread = activeThread;
        this.rowless = rowless;
    }

    /** Descriptor number. */
    public int fd() {
        return fd;
    }

    /** The kernel's inode; -1 if the descriptor list could not be read. */
    public long inode() {
        return inode;
    }

    /** The ledger's record; null for an untracked socket. */
    public @Nullable TrackedSocket tracked() {
        return tracked;
    }

    /**
     * Returns whether the record was the same before and after the kernel was read; only then do both sides certainly
     * describe the same socket.
     */
    public boolean stable() {
        return stable;
    }

    /** How the socket came into this process. */
    public Origin origin() {
        return origin;
    }

    /** Its protocol. */
    public Protocol protocol() {
        return protocol;
    }

    /** TCP state. */
    public @Nullable TcpState state() {
        return state;
    }

    /** Its row in the kernel's tables of TCP or UDP. */
    public @Nullable InetRow row() {
        return row;
    }

    /** Its history in earlier rounds. */
    public StateTimes history() {
        return history;
    }

    /** The thread that is inside an operation on it now; null if there is none, or if the agent did not check. */
    public @Nullable ActiveThread activeThread() {
        return activeThread;
    }

    /** What became of the thread that read its EOF. */
    public EofReader eofReader() {
        return eofReader;
    }

    /** Sets what became of the thread that read its EOF. */
    public void setEofReader(EofReader newEofReader) {
        eofReader = newEofReader;
    }

    /** The figures of a connection that has no row; null if it has one, or if the agent did not check. */
    public @Nullable RowlessFigures rowless() {
        return rowless;
    }

    /**
     * Since when it has been in its state, as far as the agent saw, in milliseconds since the epoch; 0 if it has none.
     */
    public long sinceMillis() {
        return history.stateSince();
    }

    /** Its row, if it is one of TCP; null otherwise. */
    public @Nullable TcpRow tcpRow() {
        return row instanceof TcpRow tcp ? tcp : null;
    }

    /** Its remote address, from its row or else from the JDK's object; null if unknown. */
    public @Nullable Endpoint remote() {
        InetRow known = row;
        return known != null ? known.remote() : rowless == null ? null : rowless.remote();
    }

    /** Its Recv-Q, from its row or else from its descriptor; null if unknown. */
    public @Nullable Long recvQ() {
        InetRow known = row;
        return known != null ? (Long) known.recvQ() : rowless == null ? null : rowless.recvQ();
    }

    /** What became of the connect, if it is in state CLOSE and was not only opened. */
    public ConnectOutcome connect() {
        if (origin == Origin.ACCEPTED) {
            return ConnectOutcome.ESTABLISHED;
        }
        return rowless == null ? ConnectOutcome.UNKNOWN : rowless.connect();
    }

    /** The record of its accepts; null if there is none, or if the descriptor may belong to another socket. */
    public @Nullable AcceptStats accepts() {
        return tracked == null || !stable ? null : tracked.accepts();
    }

    /**
     * Returns whether the diagnosis needs the thread that is inside an operation on it. In all other cases a thread may
     * wait for as long as it likes.
     */
    public boolean needsActiveThread() {
        TcpRow tcpRow = tcpRow();
        return tracked != null
                && (state == TcpState.CLOSE_WAIT
                        || state == TcpState.SYN_SENT
                        || (tcpRow != null && tcpRow.sendQ() > 0));
    }

    /** Sets the values that are read after the join. */
    public void setLiveValues(
            StateTimes newHistory, @Nullable ActiveThread newActiveThread, @Nullable RowlessFigures newRowless) {
        history = newHistory;
        activeThread = newActiveThread;
        rowless = newRowless;
    }

    JoinedSocket asDuplicate() {
        return new JoinedSocket(
                fd, inode, tracked, stable, Origin.DUPLICATE, protocol, state, row, history, activeThread, rowless);
    }
}
