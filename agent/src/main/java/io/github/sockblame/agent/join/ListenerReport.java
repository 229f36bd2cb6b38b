// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import io.github.sockblame.agent.kernel.AcceptQueues;
import io.github.sockblame.agent.kernel.net.InetRow;
import io.github.sockblame.agent.ledger.AcceptStats;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.ListenDrops;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.TcpState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of one reading.
 *
 * @param listeners every listening TCP socket, by descriptor
 * @param drops the namespace's counts of connections that no listener took; null if unknown
 */
public record ListenerReport(
        List<JoinedListener> listeners, @Nullable ListenDrops drops) {

    /** No listener. */
    public static final ListenerReport NONE = new ListenerReport(List.of(), null);

    /**
     * Finds the listeners among these sockets. Pressure and acceptor are added afterwards
     * ({@link JoinedListener#withLiveValues}).
     *
     * @param sockets every socket of the process
     * @param queues the kernel's figures of listeners and of waiting connections
     * @param drops the namespace's counts
     */
    public static ListenerReport of(List<JoinedSocket> sockets, AcceptQueues queues, @Nullable ListenDrops drops) {
        List<JoinedSocket> listening = new ArrayList<>();
        List<Endpoint> all = new ArrayList<>(queues.foreignListeners());
        for (JoinedSocket socket : sockets) {
            if (socket.state() == TcpState.LISTEN && socket.origin() != Origin.DUPLICATE) {
                listening.add(socket);
                InetRow row = socket.row();
                if (row != null) {
                    all.add(row.local());
                }
            }
        }
        List<JoinedListener> listeners = new ArrayList<>(listening.size());
        for (JoinedSocket socket : listening) {
            listeners.add(joined(socket, all, queues));
        }
        return new ListenerReport(listeners, drops);
    }

    private static JoinedListener joined(JoinedSocket socket, List<Endpoint> all, AcceptQueues queues) {
        Integer limit = limit(socket.accepts(), queues.mostBacklog());
        InetRow row = socket.row();
        if (row == null) {
            return new JoinedListener(socket, limit, null, null, AcceptQueuePressure.NONE, null);
        }
        int sharing = 0;
        for (Endpoint other : all) {
            sharing += other.equals(row.local()) ? 1 : 0;
        }
        Map<TcpState, Integer> waiting =
                queues.waiting() == null ? null : WaitingClients.of(row.local(), all, queues.waiting());
        return new JoinedListener(
                socket,
                limit,
                waiting,
                sharing - 1, // itself
                AcceptQueuePressure.NONE,
                null);
    }

    /**
     * The kernel's limit for a backlog: at most {@code somaxconn}.
     *
     * @param acceptStats of the listener; null if it has no record
     * @param mostBacklog the bound; negative if unknown
     */
    public static @Nullable Integer limit(@Nullable AcceptStats acceptStats, long mostBacklog) {
        Integer backlog = acceptStats == null ? null : acceptStats.backlog();
        return backlog == null || mostBacklog < 0 ? null : (int) Math.min(backlog, mostBacklog);
    }

    /** The listener with this descriptor; null if there is none. */
    public @Nullable JoinedListener at(int fd) {
        for (JoinedListener listener : listeners) {
            if (listener.socket().fd() == fd) {
                return listener;
            }
        }
        return null;
    }
}
