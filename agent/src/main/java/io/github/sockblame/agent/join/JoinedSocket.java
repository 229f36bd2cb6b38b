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
 * @param fd descriptor number
 * @param inode the kernel's inode; -1 if the descriptor list could not be read
 * @param tracked the ledger's record; null for an untracked socket
 * @param stable whether the record was the same before and after the kernel was read; only then do both sides certainly
 *     describe the same socket
 * @param origin how the socket came into this process
 * @param protocol its protocol
 * @param state TCP state
 * @param row its row in the kernel's tables of TCP or UDP
 * @param history its history in earlier rounds
 * @param activeThread the thread that is inside an operation on it now; null if there is none, or if the agent did not
 *     check
 * @param lastRemote the remote address in the JDK's object, for a connection that no longer has a row
 */
public record JoinedSocket(
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
        @Nullable Endpoint lastRemote) {

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

    /** The same socket with values that are read after the join. */
    public JoinedSocket withLiveValues(
            StateTimes newHistory, @Nullable ActiveThread newActiveThread, @Nullable Endpoint newLastRemote) {
        return new JoinedSocket(
                fd, inode, tracked, stable, origin, protocol, state, row, newHistory, newActiveThread, newLastRemote);
    }

    JoinedSocket asDuplicate() {
        return new JoinedSocket(
                fd, inode, tracked, stable, Origin.DUPLICATE, protocol, state, row, history, activeThread, lastRemote);
    }
}
