// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.capture.MonotonicClock;
import io.github.sockblame.agent.join.DescriptorStatus;
import io.github.sockblame.agent.join.InodeIndex;
import io.github.sockblame.agent.join.Join;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.join.ListenerReport;
import io.github.sockblame.agent.kernel.KernelSnapshot;
import io.github.sockblame.agent.kernel.ProcFs;
import io.github.sockblame.agent.kernel.fd.RememberedSockets;
import io.github.sockblame.agent.ledger.CleanerCloses;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads ledger and kernel together, and keeps between readings what distinguishes a socket from an earlier one with the
 * same number.
 *
 * <p>Only {@link SocketSampler} uses it, in its lock.
 */
public final class SnapshotReader {

    private final LedgerView ledger;
    private final ProcFs procFs;
    private final LiveLookup liveLookup;
    private final Set<Long> beforeAgent;
    private final SamplingRound round;
    private final AcceptQueueMonitor acceptQueueMonitor;
    private final Runnable retryPause;

    private InodeIndex inodes = new InodeIndex();
    private Map<Integer, Long> untracked = Map.of();
    private long unconfirmed;
    private int rowlessBefore; // some never have one, as those of another network namespace

    /** One reading: the sockets, and the kernel's figures of the rest. */
    public record JoinedSnapshot(
            Join join,
            KernelSnapshot kernel,
            ListenerReport listening,
            CleanerCloses cleanerCloses,
            long unconfirmed) {}

    SnapshotReader(
            LedgerView ledger,
            ProcFs procFs,
            LiveLookup liveLookup,
            Set<Long> beforeAgent,
            SamplingRound round,
            AcceptQueueMonitor acceptQueueMonitor,
            Runnable retryPause) {
        this.ledger = ledger;
        this.procFs = procFs;
        this.liveLookup = liveLookup;
        this.beforeAgent = beforeAgent;
        this.round = round;
        this.acceptQueueMonitor = acceptQueueMonitor;
        this.retryPause = retryPause;
    }

    /** The untracked sockets of the latest reading: descriptor and inode. */
    Map<Integer, Long> untracked() {
        return untracked;
    }

    /** Returns whether the latest reading found the inode of this socket. */
    boolean hasInodeOf(TrackedSocket socket) {
        return inodes.contains(socket);
    }

    /** Drops the records that were closed: their stacks may be unresolved and would pin the program's classes. */
    void dropClosed() {
        Set<TrackedSocket> closed = new HashSet<>();
        for (TrackedSocket record : inodes.sockets()) {
            if (ledger.at(record.fd()) != record) {
                closed.add(record);
            }
        }
        if (!closed.isEmpty()) {
            inodes.removeAll(closed);
        }
    }

    /** Reads both sides. It does not call fstat for tracked sockets with a row in the kernel's tables. */
    JoinedSnapshot read() {
        return read(this::rememberedInode);
    }

    /** Reads both sides, and calls fstat for each descriptor. */
    JoinedSnapshot readFull() {
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
        retryPause.run();
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
        return new JoinedSnapshot(join, kernel, ListenerReport.NONE, ledger.cleanerCloses(), 0);
    }

    private JoinedSnapshot commit(JoinedSnapshot joinedSnapshot) {
        for (TrackedSocket record : joinedSnapshot.join.staleRecords()) {
            if (ledger.drop(record)) {
                unconfirmed++;
            }
        }
        inodes = joinedSnapshot.join.inodes();
        Map<Integer, Long> nowUntracked = new HashMap<>();
        round.begin(MonotonicClock.millis());
        for (JoinedSocket socket : joinedSnapshot.join.sockets()) {
            TrackedSocket tracked = socket.tracked();
            if (tracked != null) {
                round.observe(tracked, socket.state(), socket.history());
            } else {
                round.observeUntracked(socket.state());
                nowUntracked.put(socket.fd(), socket.inode());
            }
        }
        round.end();
        untracked = nowUntracked;
        ListenerReport listenerReport =
                acceptQueueMonitor.readAll(joinedSnapshot.join.sockets(), joinedSnapshot.kernel.acceptQueues());
        return new JoinedSnapshot(
                joinedSnapshot.join, joinedSnapshot.kernel, listenerReport, joinedSnapshot.cleanerCloses, unconfirmed);
    }
}
