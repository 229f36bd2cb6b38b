// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.capture.MonotonicClock;
import io.github.sockblame.agent.join.DescriptorStatus;
import io.github.sockblame.agent.join.EarlySockets;
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
import io.github.sockblame.agent.memory.NoRoomException;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

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
    private final EarlySockets early;
    private final SamplingRound round;
    private final AcceptQueueMonitor acceptQueueMonitor;
    private final Runnable retryPause;
    private final AddressCheck addressCheck;
    private final BooleanSupplier stop;

    private InodeIndex inodes = new InodeIndex();
    private Map<Integer, Long> untracked = Map.of();
    private long unconfirmed;
    private Set<Long> rowlessBefore = Set.of(); // inodes; some never have a row, as those of another network namespace

    /**
     * One reading: the sockets, and the kernel's figures of the rest.
     *
     * @param unconfirmed records that the kernel has not confirmed until now
     * @param withoutRow connections that had no row in this reading and in the one before
     */
    public record JoinedSnapshot(
            Join join,
            KernelSnapshot kernel,
            ListenerReport listening,
            CleanerCloses cleanerCloses,
            long unconfirmed,
            int withoutRow) {}

    SnapshotReader(
            LedgerView ledger,
            ProcFs procFs,
            LiveLookup liveLookup,
            EarlySockets early,
            SamplingRound round,
            AcceptQueueMonitor acceptQueueMonitor,
            Runnable retryPause,
            BooleanSupplier stop) {
        this.ledger = ledger;
        this.procFs = procFs;
        this.liveLookup = liveLookup;
        this.early = early;
        this.round = round;
        this.acceptQueueMonitor = acceptQueueMonitor;
        this.retryPause = retryPause;
        this.stop = stop;
        this.addressCheck = new AddressCheck(ledger);
    }

    /** The untracked sockets of the latest reading: descriptor and inode. */
    Map<Integer, Long> untracked() {
        return untracked;
    }

    /** The ledger entries that the kernel has not confirmed until now. */
    long unconfirmed() {
        return unconfirmed;
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

    /**
     * Reads both sides. It does not call fstat for tracked sockets with a row in the kernel's tables.
     *
     * @throws NoRoomException if the reading was given up, because there was no memory for the rest of it
     */
    JoinedSnapshot read() {
        return read(new RememberedSockets() {
            @Override
            public long inodeOf(int fd) {
                return rememberedInode(fd);
            }
        });
    }

    /** The same, and calls fstat for each descriptor. */
    JoinedSnapshot readFull() {
        return read(RememberedSockets.NONE);
    }

    private long rememberedInode(int fd) {
        TrackedSocket record = ledger.at(fd);
        return record == null || record.isPreClosed() ? 0 : inodes.of(record);
    }

    private JoinedSnapshot read(RememberedSockets remembered) {
        Map<Integer, Long> suspects = new HashMap<>(untracked);
        JoinedSnapshot first = readFirst(suspects, remembered);
        if (first != null) {
            return first;
        }
        retryPause.run();
        JoinedSnapshot second = readOnce(suspects, remembered);
        return commit(second, missingRows(second));
    }

    /**
     * Reads once. The result of a reading that has to be repeated is not kept, because two would need twice the memory.
     *
     * @param suspects gets the descriptors without a record
     * @return null if the reading has to be repeated
     */
    private @Nullable JoinedSnapshot readFirst(Map<Integer, Long> suspects, RememberedSockets remembered) {
        JoinedSnapshot first = readOnce(untracked, remembered);
        Set<Long> rowless = missingRows(first);
        if (first.join.unknownDescriptors().isEmpty() && rowless.size() <= rowlessBefore.size()) {
            return commit(first, rowless);
        }
        rowlessBefore = rowless;
        suspects.putAll(first.join.unknownDescriptors());
        return null;
    }

    /**
     * The inodes of connections that should have a row and have none. If others change a table while it is read, the
     * kernel returns some rows twice and skips others, because it finds its place by counting the rows of a bucket
     * (tcp_seek_last_pos). A second reading will hardly miss the same rows.
     */
    private static Set<Long> missingRows(JoinedSnapshot joinedSnapshot) {
        Set<Long> rowless = new HashSet<>();
        for (JoinedSocket socket : joinedSnapshot.join.sockets()) {
            TrackedSocket tracked = socket.tracked();
            boolean hasRow = tracked != null
                    && socket.stable()
                    && !tracked.isPreClosed()
                    && socket.protocol() == Protocol.TCP
                    && socket.state() != null
                    && socket.state() != TcpState.CLOSE;
            if (hasRow && socket.row() == null) {
                rowless.add(socket.inode());
            }
        }
        return rowless;
    }

    private JoinedSnapshot readOnce(Map<Integer, Long> knownUntracked, RememberedSockets remembered) {
        List<TrackedSocket> before = ledger.sockets();
        KernelSnapshot kernel = procFs.read(remembered, stop);
        if (kernel == null) {
            throw new NoRoomException();
        }
        List<TrackedSocket> after = ledger.sockets();
        long now = MonotonicClock.millis();
        Map<Integer, DescriptorStatus> statuses =
                liveLookup.statusesOf(Join.descriptorsWithoutRow(before, kernel, after));
        Set<TrackedSocket> contradicted = addressCheck.contradicted(after, kernel, inodes);
        Join join = Join.of(before, kernel, after, inodes, contradicted, knownUntracked, early, statuses);
        liveLookup.addLiveValues(join.sockets(), now);
        return new JoinedSnapshot(join, kernel, ListenerReport.NONE, ledger.cleanerCloses(), 0, 0);
    }

    private JoinedSnapshot commit(JoinedSnapshot joinedSnapshot, Set<Long> rowless) {
        int withoutRow = 0;
        for (Long inode : rowless) {
            withoutRow += rowlessBefore.contains(inode) ? 1 : 0;
        }
        rowlessBefore = rowless;
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
                joinedSnapshot.join,
                joinedSnapshot.kernel,
                listenerReport,
                joinedSnapshot.cleanerCloses,
                unconfirmed,
                withoutRow);
    }
}
