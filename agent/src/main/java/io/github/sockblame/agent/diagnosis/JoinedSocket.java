// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.kernel.InetRow;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * One socket descriptor of the process, as both sides know it.
 *
 * @param fd descriptor number
 * @param inode the kernel's inode; -1 if the descriptor list could not be read
 * @param tracked the ledger's record; null for an untracked socket
 * @param stable whether the record was the same before and after the kernel was read; only then do both sides speak of
 *     the same socket for certain
 * @param origin how it came to be
 * @param protocol what kind of socket it is
 * @param state TCP state
 * @param row its row in the kernel's tables of TCP or UDP
 * @param history what earlier looks say of it
 * @param activeThread the thread that is inside an operation on it now; null if there is none, or if it was not looked for
 * @param lastRemote the remote address that the JDK's object remembers of a connection that has no row any more
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

    /** Since when it is known to be in its state, in milliseconds since the epoch; 0 if it has none. */
    long sinceMillis() {
        return history.stateSince();
    }

    JoinedSocket asDuplicate() {
        return new JoinedSocket(
                fd, inode, tracked, stable, Origin.DUPLICATE, protocol, state, row, history, activeThread, lastRemote);
    }
}
