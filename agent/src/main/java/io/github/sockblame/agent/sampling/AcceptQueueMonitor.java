// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.capture.MonotonicClock;
import io.github.sockblame.agent.join.AcceptQueuePressure;
import io.github.sockblame.agent.join.JoinedListener;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.join.ListenerReport;
import io.github.sockblame.agent.kernel.AcceptQueues;
import io.github.sockblame.agent.kernel.ProcFs;
import io.github.sockblame.agent.kernel.net.InetRow;
import io.github.sockblame.agent.ledger.AcceptStats;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.ListenDrops;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows the accept queues from one reading to the next. A whole reading finds the listeners. Between two of them, the
 * monitor reads only the beginning of the kernel's tables, where the listeners are.
 *
 * <p>Only {@link SocketSampler} and its {@link SnapshotReader} use it, in its lock.
 */
final class AcceptQueueMonitor {

    private final LedgerView ledger;
    private final ProcFs procFs;
    private final IoThreadLookup threads;
    private final QueueHistory history = new QueueHistory();
    private final Map<Long, Listener> byInode = new HashMap<>();
    private long mostBacklog = -1;
    private @Nullable ListenDrops first;

    /** A listener of the latest reading. */
    private record Listener(int fd, @Nullable TrackedSocket tracked) {

        @Nullable AcceptStats accepts() {
            return tracked == null ? null : tracked.accepts();
        }
    }

    AcceptQueueMonitor(LedgerView ledger, ProcFs procFs, IoThreadLookup threads) {
        this.ledger = ledger;
        this.procFs = procFs;
        this.threads = threads;
    }

    /** Finds the listeners of a whole reading. */
    ListenerReport readAll(List<JoinedSocket> sockets, AcceptQueues queues) {
        long now = MonotonicClock.millis();
        mostBacklog = queues.mostBacklog();
        ListenerReport found = ListenerReport.of(sockets, queues, drops(queues, now));
        List<JoinedListener> listeners = new ArrayList<>(found.listeners().size());
        for (JoinedListener listener : found.listeners()) {
            listeners.add(withLiveValues(listener, queues, now));
        }
        byInode.clear();
        for (JoinedListener listener : listeners) {
            JoinedSocket socket = listener.socket();
            if (socket.stable() && socket.row() != null) {
                byInode.put(socket.inode(), new Listener(socket.fd(), socket.tracked()));
            }
        }
        history.retain(byInode.keySet());
        return new ListenerReport(listeners, found.drops());
    }

    private JoinedListener withLiveValues(JoinedListener listener, AcceptQueues queues, long now) {
        JoinedSocket socket = listener.socket();
        InetRow row = socket.row();
        if (row == null) {
            return listener;
        }
        AcceptStats acceptStats = socket.accepts();
        history.recordPoll(socket.inode(), row.recvQ(), listener.limit(), counted(acceptStats), now);
        AcceptQueuePressure pressure =
                history.reading(socket.inode(), listener.hasDepartedClients(), queues.overflows(), now);
        return listener.withLiveValues(
                pressure, pressure.isConfirmed() ? AcceptorLookup.find(acceptStats, threads, ledger) : null);
    }

    private void dropClosed() {
        for (Iterator<Listener> listeners = byInode.values().iterator(); listeners.hasNext(); ) {
            Listener listener = listeners.next();
            if (listener.tracked != null && ledger.at(listener.fd) != listener.tracked) {
                listeners.remove();
            }
        }
    }

    /** Reads the queues of the listeners that the latest whole reading found. */
    void poll() {
        dropClosed();
        history.retain(byInode.keySet());
        if (byInode.isEmpty()) {
            return;
        }
        long now = MonotonicClock.millis();
        Map<Long, Long> queues = procFs.readQueues(byInode.keySet());
        for (Map.Entry<Long, Listener> entry : byInode.entrySet()) {
            Long queue = queues.get(entry.getKey());
            if (queue != null) { // a listener without a row has no figures
                AcceptStats acceptStats = entry.getValue().accepts();
                history.recordPoll(
                        entry.getKey(),
                        queue,
                        ListenerReport.limit(acceptStats, mostBacklog),
                        counted(acceptStats),
                        now);
            }
        }
    }

    private static @Nullable Long counted(@Nullable AcceptStats acceptStats) {
        return acceptStats == null ? null : acceptStats.count();
    }

    private @Nullable ListenDrops drops(AcceptQueues queues, long now) {
        long overflows = queues.overflows();
        long drops = queues.drops();
        if (overflows < 0 || drops < 0) {
            return null;
        }
        ListenDrops before = first;
        if (before == null) {
            before = new ListenDrops(overflows, drops, 0, 0, Instant.ofEpochMilli(now));
            first = before;
        }
        return new ListenDrops(
                overflows,
                drops,
                Math.max(0, overflows - before.overflows()),
                Math.max(0, drops - before.drops()),
                before.since());
    }
}
