// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.alarm.QuickStats;
import io.github.sockblame.agent.diagnosis.DescriptorStatus;
import io.github.sockblame.agent.diagnosis.InodeIndex;
import io.github.sockblame.agent.diagnosis.Join;
import io.github.sockblame.agent.diagnosis.JoinedSocket;
import io.github.sockblame.agent.diagnosis.ListenerReport;
import io.github.sockblame.agent.diagnosis.PeakConnections;
import io.github.sockblame.agent.diagnosis.StateTimes;
import io.github.sockblame.agent.kernel.KernelSnapshot;
import io.github.sockblame.agent.kernel.ProcFs;
import io.github.sockblame.agent.kernel.RememberedSockets;
import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.agent.kernel.StateCounts;
import io.github.sockblame.agent.ledger.AcceptStats;
import io.github.sockblame.agent.ledger.CapturedEvent;
import io.github.sockblame.agent.ledger.CleanerCloses;
import io.github.sockblame.agent.ledger.ClosedSocketSample;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.MonotonicClock;
import io.github.sockblame.agent.ledger.StackCapturer;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads ledger and kernel together, and keeps between readings what distinguishes a socket from an earlier one with the
 * same number.
 *
 * <p>One reading at a time; only the agent's own thread and the threads that request a report wait for it.
 */
class SnapshotReader {

    /** The time between the two reads of a descriptor without a hook event, before it counts as untracked. */
    private static final long SECOND_LOOK_MILLIS = 20;

    private final Ledger ledger;
    private final ProcFs procFs;
    private final SocketStateReader states;
    private final LiveLookup liveLookup;
    private final StateHistory history = new StateHistory();
    private final PeakConnectionCounter siblings = new PeakConnectionCounter();
    private final Set<Long> beforeAgent;
    private final AcceptQueueMonitor acceptQueueMonitor;
    private final LastUseTracker lastUseTracker;
    private final QuickStatsCollector quickStatsCollector;

    private InodeIndex inodes = new InodeIndex();
    private Map<Integer, Long> untracked = Map.of();
    private long disagreements;
    private boolean hasNewListeners;
    private int rowlessBefore; // some never have one, as those of another network namespace

    /** One reading: the sockets, and the kernel's figures of the rest. */
    record JoinedSnapshot(
            Join join, KernelSnapshot kernel, ListenerReport listening, CleanerCloses rescues, long disagreements) {}

    SnapshotReader(
            Ledger ledger,
            ProcFs procFs,
            SocketStateReader states,
            IoThreadLookup owners,
            Set<Long> beforeAgent,
            LastUseTracker lastUseTracker,
            QuickStatsCollector quickStatsCollector) {
        this.ledger = ledger;
        this.procFs = procFs;
        this.states = states;
        this.liveLookup = new LiveLookup(states, owners, history);
        this.beforeAgent = beforeAgent;
        this.acceptQueueMonitor = new AcceptQueueMonitor(ledger, procFs);
        this.lastUseTracker = lastUseTracker;
        this.quickStatsCollector = quickStatsCollector;
    }

    /** The state of the capture of opening stacks. */
    StackCapturer captures() {
        return ledger.captures();
    }

    /** The peak number of open connections of each opening place until now. */
    PeakConnections siblings() {
        return siblings.snapshot();
    }

    /** Reads both sides. It does not call fstat for tracked sockets with a row in the kernel's tables. */
    synchronized JoinedSnapshot read() {
        return read(this::rememberedInode);
    }

    /** Reads both sides, and calls fstat for each descriptor. */
    synchronized JoinedSnapshot readFull() {
        return read(RememberedSockets.NONE);
    }

    private long rememberedInode(int fd) {
        TrackedSocket record = ledger.at(fd);
        return record == null || record.isPreClosed() ? 0 : inodes.of(record);
    }

    private JoinedSnapshot read(RememberedSockets remembered) {
        JoinedSnapshot first = readOnce(untracked, remembered);
        int rowless = countMissingRows(first);
        if (first.join.unknownDescriptors().isEmpty() && rowless <= rowlessBefore) {
            rowlessBefore = rowless;
            return commit(first);
        }
        pauseBeforeRetry();
        Map<Integer, Long> suspects = new HashMap<>(untracked);
        suspects.putAll(first.join.unknownDescriptors());
        JoinedSnapshot second = readOnce(suspects, remembered);
        rowlessBefore = countMissingRows(second);
        return commit(second);
    }

    /**
     * The number of connections that should have a row and have none. If others change a table while it is read, the
     * kernel returns some rows twice and skips others, because it finds its place by counting the rows of a bucket
     * (tcp_seek_last_pos). A second reading will hardly miss the same rows.
     */
    private static int countMissingRows(JoinedSnapshot joinedSnapshot) {
        int rowless = 0;
        for (JoinedSocket socket : joinedSnapshot.join.sockets()) {
            TrackedSocket tracked = socket.tracked();
            boolean hasRow = tracked != null
                    && socket.stable()
                    && !tracked.isPreClosed()
                    && socket.protocol() == Protocol.TCP
                    && socket.state() != null
                    && socket.state() != TcpState.CLOSE;
            rowless += hasRow && socket.row() == null ? 1 : 0;
        }
        return rowless;
    }

    private JoinedSnapshot readOnce(Map<Integer, Long> knownUntracked, RememberedSockets remembered) {
        List<TrackedSocket> before = ledger.sockets();
        KernelSnapshot kernel = procFs.read(remembered);
        List<TrackedSocket> after = ledger.sockets();
        long now = MonotonicClock.millis();
        Map<Integer, DescriptorStatus> statuses =
                liveLookup.statusesOf(Join.descriptorsWithoutRow(before, kernel, after));
        Join join = Join.of(before, kernel, after, inodes, knownUntracked, beforeAgent, statuses);
        join = join.withSockets(liveLookup.addLiveValues(join.sockets(), now));
        return new JoinedSnapshot(join, kernel, ListenerReport.NONE, ledger.rescues(), 0);
    }

    private JoinedSnapshot commit(JoinedSnapshot joinedSnapshot) {
        for (TrackedSocket record : joinedSnapshot.join.staleRecords()) {
            if (ledger.drop(record)) {
                disagreements++;
            }
        }
        inodes = joinedSnapshot.join.inodes();
        hasNewListeners = false;
        Map<Integer, Long> nowUntracked = new HashMap<>();
        boolean suspected = false;
        long now = MonotonicClock.millis();
        quickStatsCollector.beginRound();
        for (JoinedSocket socket : joinedSnapshot.join.sockets()) {
            TrackedSocket tracked = socket.tracked();
            long since = tracked == null ? 0 : suspiciousSince(tracked, socket.state(), socket.history());
            quickStatsCollector.see(socket.state(), since, now);
            if (tracked != null) {
                siblings.count(tracked, socket.state());
                suspected |= since > 0;
                if (lastUseTracker.observe(tracked, since, now)) {
                    ledger.markSuspect(tracked);
                }
            } else {
                nowUntracked.put(socket.fd(), socket.inode());
            }
        }
        siblings.endRound();
        lastUseTracker.endRound(now);
        quickStatsCollector.endRound(now);
        quickStatsCollector.descriptors(
                joinedSnapshot.kernel.openDescriptors(), joinedSnapshot.kernel.descriptorLimit());
        ledger.updateIoTracking(suspected);
        untracked = nowUntracked;
        ListenerReport listenerReport =
                acceptQueueMonitor.readAll(joinedSnapshot.join.sockets(), joinedSnapshot.kernel.acceptQueues());
        return new JoinedSnapshot(
                joinedSnapshot.join, joinedSnapshot.kernel, listenerReport, joinedSnapshot.rescues, disagreements);
    }

    /**
     * Whether the latest sampling found a listener that no reading has found: its queue cannot be read without its
     * inode.
     */
    synchronized boolean hasNewListeners() {
        return hasNewListeners;
    }

    /**
     * Records the state of every socket without any file, and the queues of the listeners by the beginning of two
     * files. It makes every "since" exact to the period.
     */
    synchronized void sampleStates() {
        // its stacks may be unresolved and would pin the program's classes
        inodes.removeIf(record -> ledger.at(record.fd()) != record);
        long now = MonotonicClock.millis();
        boolean suspected = false;
        long nanos = System.nanoTime();
        hasNewListeners = false;
        history.beginRound();
        quickStatsCollector.beginRound();
        for (TrackedSocket socket : ledger.sockets()) {
            sampleAccepts(socket, nanos);
            TcpState state = states.stateOf(socket.fd());
            if (state != null && ledger.at(socket.fd()) == socket) {
                StateTimes stateTimes = history.observe(socket.fd(), socket, state, null, now);
                siblings.count(socket, state);
                long since = suspiciousSince(socket, state, stateTimes);
                suspected |= since > 0;
                if (lastUseTracker.observe(socket, since, now)) {
                    ledger.markSuspect(socket);
                }
                quickStatsCollector.see(state, since, now);
            } else {
                suspected |= socket.eofEvent() != null;
                if (ledger.at(socket.fd()) == socket) {
                    quickStatsCollector.see(null, 0, now);
                }
            }
        }
        for (Map.Entry<Integer, Long> entry : untracked.entrySet()) {
            TcpState state = states.stateOf(entry.getKey());
            if (ledger.at(entry.getKey()) == null) {
                if (state != null) {
                    history.observe(entry.getKey(), entry.getValue(), state, now);
                }
                quickStatsCollector.see(state, 0, now); // one without a state is no TCP socket, or was closed since
            }
        }
        if (states.isAvailable()) { // otherwise only a reading has the states
            history.endRound();
            siblings.endRound();
            lastUseTracker.endRound(now);
            quickStatsCollector.endRound(now);
            ledger.updateIoTracking(suspected);
        }
        acceptQueueMonitor.poll();
    }

    /**
     * Reads the state of each tracked socket, without any file. It waits for no other thread, and no other thread waits
     * for it.
     *
     * @param counts takes the states
     * @return how many are no TCP sockets, or did not answer
     */
    int countStates(StateCounts counts) {
        int others = 0;
        for (TrackedSocket socket : ledger.sockets()) {
            TcpState state = states.stateOf(socket.fd());
            if (ledger.at(socket.fd()) != socket) {
                continue; // it was closed meanwhile, and the answer may be of another socket
            }
            if (state == null) {
                others++;
            } else {
                counts.add(state);
            }
        }
        return others;
    }

    /** The figures of the latest round, with the present number of open descriptors. */
    synchronized QuickStats glance() {
        QuickStats latest = quickStatsCollector.latest();
        long open = procFs.openDescriptors();
        if (open >= 0) {
            quickStatsCollector.descriptors(open, latest.descriptorLimit());
        }
        return quickStatsCollector.latest();
    }

    /** Records the figures of the latest round as the sample of its minute. */
    synchronized void noteMinute(MinuteHistory minuteHistory) {
        quickStatsCollector.recordMinute(minuteHistory);
    }

    /** Since when a socket has been in the state of a leak, in milliseconds since the epoch; 0 if it is not. */
    private static long suspiciousSince(TrackedSocket socket, @Nullable TcpState state, StateTimes stateTimes) {
        CapturedEvent told = socket.eofEvent();
        if (told != null) {
            return told.millis();
        }
        boolean over = state == TcpState.CLOSE_WAIT || (state == TcpState.CLOSE && stateTimes.connected());
        return over ? stateTimes.stateSince() : 0;
    }

    private void sampleAccepts(TrackedSocket socket, long nanos) {
        AcceptStats acceptStats = socket.accepts();
        if (acceptStats != null) {
            acceptStats.sampleRate(nanos);
            hasNewListeners |= !socket.isPreClosed() && !inodes.contains(socket);
        }
    }

    /** Records the sockets that the program has closed since the last time. */
    synchronized void processCloses(CloseStats closeStats, RecentlyClosed recentlyClosed, long graceMillis) {
        long now = MonotonicClock.millis();
        ledger.prepareAddressReaders();
        ClosedSocketSample.Batch batch = ledger.drainClosed(CloseStats.MAX_PER_ROUND);
        closeStats.add(batch, socket -> suspectedSince(socket, graceMillis, now), now);
        recentlyClosed.add(batch, now);
    }

    /**
     * Since when a closed socket was in the state of a leak, if that was for longer than the grace time; otherwise 0.
     */
    private long suspectedSince(TrackedSocket socket, long graceMillis, long nowMillis) {
        CapturedEvent told = socket.eofEvent();
        long since = told != null ? told.millis() : history.inCloseWaitSince(socket.fd(), socket);
        CapturedEvent closing = socket.closing();
        long closed = closing == null ? nowMillis : closing.millis();
        return since > 0 && closed - since >= graceMillis ? since : 0;
    }

    /** Waits between the two reads; a test overrides it with what happens meanwhile. */
    void pauseBeforeRetry() {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SECOND_LOOK_MILLIS);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait(); // parking does not wait then, and the flag is the program's
            } else {
                LockSupport.parkNanos(left);
            }
        }
    }
}
