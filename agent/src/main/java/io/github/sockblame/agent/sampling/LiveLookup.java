// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.join.ActiveThread;
import io.github.sockblame.agent.join.ConnectOutcome;
import io.github.sockblame.agent.join.DescriptorStatus;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.join.RowlessFigures;
import io.github.sockblame.agent.join.StateTimes;
import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a reading that are in no table of the kernel: those that the join needs, and those that are added
 * to its sockets afterwards.
 */
final class LiveLookup {

    private final SocketStateReader states;
    private final IoThreadLookup owners;
    private final StateHistory history;
    private final LedgerView ledger;
    private final CulpritFinder culprits;

    LiveLookup(
            SocketStateReader states,
            IoThreadLookup owners,
            StateHistory history,
            LedgerView ledger,
            CulpritFinder culprits) {
        this.states = states;
        this.owners = owners;
        this.history = history;
        this.ledger = ledger;
        this.culprits = culprits;
    }

    /** Reads protocol and state of these descriptors. */
    Map<Integer, DescriptorStatus> statusesOf(List<Integer> fds) {
        Map<Integer, DescriptorStatus> statuses = new HashMap<>();
        for (Integer fd : fds) {
            statuses.put(fd, statusOf(fd));
        }
        return statuses;
    }

    private DescriptorStatus statusOf(int fd) {
        Protocol protocol = states.protocolOf(fd);
        boolean hasNoState = protocol != null && !protocol.mayBeTcp();
        return new DescriptorStatus(protocol, hasNoState ? null : states.stateOf(fd));
    }

    /** Observes these sockets in one round of the history, and adds to each of them what the diagnosis needs. */
    void addLiveValues(List<JoinedSocket> joined, long nowMillis) {
        ActiveThreads threads = new ActiveThreads(owners, ledger);
        EofReaders readers = new EofReaders(owners, culprits);
        history.beginRound();
        for (JoinedSocket socket : joined) {
            TcpState state = socket.state();
            if (state != null) {
                addLiveValues(socket, state, threads, nowMillis);
                addEofReader(socket, state, readers);
            }
        }
        history.endRound();
    }

    private void addLiveValues(JoinedSocket socket, TcpState state, ActiveThreads threads, long nowMillis) {
        TrackedSocket tracked = socket.tracked();
        Object identity = tracked != null ? tracked : (Object) socket.inode();
        StateTimes times = history.observe(socket.fd(), identity, state, socket.tcpRow(), nowMillis);
        boolean seenConnected = times.connected();
        if (state == TcpState.CLOSE && !seenConnected && states.isShutDown(socket.fd())) {
            times = times.ofConnect();
        }
        Endpoint remote = tracked != null && times.connected() && socket.row() == null ? remoteOf(tracked) : null;
        ConnectOutcome connect = seenConnected
                ? ConnectOutcome.ESTABLISHED
                : times.connected() ? connectOutcomeOf(socket.fd(), remote) : ConnectOutcome.UNKNOWN;
        ActiveThread thread = tracked != null && socket.needsActiveThread() ? threads.of(tracked) : null;
        socket.setLiveValues(times, thread, rowless(socket, state, remote, connect));
    }

    private static void addEofReader(JoinedSocket socket, TcpState state, EofReaders readers) {
        TrackedSocket tracked = socket.tracked();
        CapturedEvent eof = tracked == null ? null : tracked.eofOrCloseNotify();
        if (tracked != null && eof != null && (state == TcpState.CLOSE_WAIT || state == TcpState.CLOSE)) {
            socket.setEofReader(readers.of(eof, tracked.eofThread()));
        }
    }

    private ConnectOutcome connectOutcomeOf(int fd, @Nullable Endpoint remote) {
        return ConnectOutcome.of(states.segmentSizeOf(fd), states.retransmitsOf(fd), remote);
    }

    /** The figures of a socket that has no row; null if it has one, or if there are none. */
    private @Nullable RowlessFigures rowless(
            JoinedSocket socket, TcpState state, @Nullable Endpoint remote, ConnectOutcome connect) {
        if (socket.row() != null) {
            return null;
        }
        boolean finReceived = state == TcpState.CLOSE_WAIT;
        Long recvQ = finReceived || state == TcpState.ESTABLISHED ? states.recvQOf(socket.fd(), finReceived) : null;
        return remote == null && recvQ == null && connect == ConnectOutcome.UNKNOWN
                ? null
                : new RowlessFigures(remote, recvQ, connect);
    }

    private @Nullable Endpoint remoteOf(TrackedSocket socket) {
        Object owner = socket.owner();
        return owner == null ? null : owners.remoteOf(owner);
    }
}
