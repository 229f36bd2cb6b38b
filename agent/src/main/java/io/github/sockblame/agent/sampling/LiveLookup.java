// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.join.ActiveThread;
import io.github.sockblame.agent.join.DescriptorStatus;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.join.StateTimes;
import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import java.util.ArrayList;
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

    LiveLookup(SocketStateReader states, IoThreadLookup owners, StateHistory history) {
        this.states = states;
        this.owners = owners;
        this.history = history;
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
        boolean hasNoState = protocol == Protocol.UDP || protocol == Protocol.UNIX;
        return new DescriptorStatus(protocol, hasNoState ? null : states.stateOf(fd));
    }

    /** Observes these sockets in one round of the history, and adds to each of them what the diagnosis needs. */
    List<JoinedSocket> addLiveValues(List<JoinedSocket> joined, long nowMillis) {
        ActiveThreads threads = new ActiveThreads(owners);
        List<JoinedSocket> sockets = new ArrayList<>(joined.size());
        history.beginRound();
        for (JoinedSocket socket : joined) {
            TcpState state = socket.state();
            sockets.add(state == null ? socket : withLiveValues(socket, state, threads, nowMillis));
        }
        history.endRound();
        return sockets;
    }

    private JoinedSocket withLiveValues(JoinedSocket socket, TcpState state, ActiveThreads threads, long nowMillis) {
        TrackedSocket tracked = socket.tracked();
        Object identity = tracked != null ? tracked : (Object) socket.inode();
        StateTimes times = history.observe(socket.fd(), identity, state, socket.tcpRow(), nowMillis);
        if (state == TcpState.CLOSE && !times.connected() && states.isShutDown(socket.fd())) {
            times = times.ofConnection();
        }
        if (tracked == null) {
            return socket.withLiveValues(times, null, null);
        }
        ActiveThread thread = socket.needsActiveThread() ? threads.of(tracked) : null;
        Endpoint lastRemote = times.connected() && socket.row() == null ? remoteOf(tracked) : null;
        return socket.withLiveValues(times, thread, lastRemote);
    }

    private @Nullable Endpoint remoteOf(TrackedSocket socket) {
        Object owner = socket.owner();
        return owner == null ? null : owners.remoteOf(owner);
    }
}
