// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.capture.StackCapturer;
import io.github.sockblame.agent.capture.StackUsage;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.join.EarlySockets;
import io.github.sockblame.agent.kernel.DescriptorCounts;
import io.github.sockblame.agent.kernel.ProcFs;
import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.agent.kernel.net.StateCounts;
import io.github.sockblame.agent.kernel.proc.SourceStatus;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.memory.HeapRoom;
import io.github.sockblame.agent.memory.NoRoomException;
import io.github.sockblame.agent.memory.ReportCost;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * All that the agent keeps of the sockets from one round to the next, behind one lock: one reading at a time. Only the
 * agent's own thread and the threads that request a report wait for it.
 */
public final class SocketSampler implements Sampling {

    private final LedgerView ledger;
    private final ProcFs procFs;
    private final SocketStateReader states;
    private final IoThreadLookup owners;
    private final QuickStatsCollector quickStatsCollector = new QuickStatsCollector();
    private final MinuteHistory minuteHistory = new MinuteHistory();
    private final AcceptQueueMonitor acceptQueueMonitor;
    private final SnapshotReader snapshotReader;
    private final StateSampler stateSampler;
    private final CloseIntake closeIntake;
    private final HeapRoom room;
    private boolean hasFailedToRead;

    /**
     * Follows the sockets of this ledger.
     *
     * @param room decides before each whole reading whether it fits
     * @param early the sockets that were open before the agent
     * @param graceMillis for how long a socket is in the state of a leak before it is a suspect
     */
    public SocketSampler(
            LedgerView ledger,
            ProcFs procFs,
            SocketStateReader states,
            IoThreadLookup owners,
            HeapRoom room,
            EarlySockets early,
            LastUseTracker lastUseTracker,
            CulpritFinder culprits,
            long graceMillis) {
        this(
                ledger,
                procFs,
                states,
                owners,
                room,
                early,
                lastUseTracker,
                culprits,
                graceMillis,
                new RetryPause(RetryPause.READING_MILLIS));
    }

    /** The same, with another wait between the two reads of a reading that has to be repeated. */
    SocketSampler(
            LedgerView ledger,
            ProcFs procFs,
            SocketStateReader states,
            IoThreadLookup owners,
            HeapRoom room,
            EarlySockets early,
            LastUseTracker lastUseTracker,
            CulpritFinder culprits,
            long graceMillis,
            Runnable retryPause) {
        this.ledger = ledger;
        this.procFs = procFs;
        this.states = states;
        this.owners = owners;
        this.room = room;
        StateHistory history = new StateHistory();
        SamplingRound round = new SamplingRound(ledger, graceMillis, List.of(lastUseTracker, quickStatsCollector));
        this.acceptQueueMonitor = new AcceptQueueMonitor(ledger, procFs, owners);
        this.snapshotReader = new SnapshotReader(
                ledger,
                procFs,
                new LiveLookup(states, owners, history, ledger, culprits),
                early,
                round,
                acceptQueueMonitor,
                retryPause,
                roomIsTaken(room));
        this.stateSampler = new StateSampler(ledger, states, history, snapshotReader, round);
        this.closeIntake = new CloseIntake(ledger, history, culprits, graceMillis);
    }

    private static BooleanSupplier roomIsTaken(HeapRoom room) {
        return new BooleanSupplier() {
            @Override
            public boolean getAsBoolean() {
                return room.isTaken();
            }
        };
    }

    /**
     * Reads ledger and kernel for a report. It does not call fstat for tracked sockets with a row in the kernel's
     * tables.
     *
     * @throws NoRoomException if the program took the memory meanwhile
     */
    public synchronized SnapshotReader.JoinedSnapshot read() {
        SnapshotReader.JoinedSnapshot snapshot = snapshotReader.read();
        recordReading(snapshot);
        return snapshot;
    }

    /** Counts the sockets without a reading, for a report for which there is no memory. */
    public synchronized SocketCounts count() {
        DescriptorCounts descriptors = procFs.readDescriptors();
        return new SocketCounts(
                new SocketCounter(ledger, states).count(descriptors),
                descriptors,
                snapshotReader.unconfirmed(),
                ledger.cleanerCloses().count());
    }

    /** About how many sockets there are, without any access to the kernel. */
    public synchronized long expectedSockets() {
        return Math.max(
                quickStatsCollector.sockets(),
                (long) ledger.sockets().size() + snapshotReader.untracked().size());
    }

    /**
     * If there is no memory for a whole reading, it reads the states and the number of descriptors alone, and the next
     * round tries again.
     */
    @Override
    public synchronized void readAll() {
        hasFailedToRead = !tryReadAll();
        if (hasFailedToRead) {
            sampleStates();
            countDescriptors();
        }
    }

    private boolean tryReadAll() {
        try (HeapRoom.Reservation reserved = room.tryReserve(ReportCost.ofReading(expectedSockets()))) {
            if (reserved != null) {
                recordReading(snapshotReader.readFull());
            }
            return reserved != null;
        } catch (NoRoomException e) {
            return false;
        }
    }

    private void countDescriptors() {
        try (HeapRoom.Reservation reserved = room.tryReserve(ReportCost.ofTotals(expectedSockets()))) {
            if (reserved != null) {
                DescriptorCounts descriptors = procFs.readDescriptors();
                quickStatsCollector.setDescriptors(descriptors.open(), descriptors.limit());
            }
        }
    }

    private void recordReading(SnapshotReader.JoinedSnapshot snapshot) {
        stateSampler.clearNewListeners();
        quickStatsCollector.setDescriptors(
                snapshot.kernel().openDescriptors(), snapshot.kernel().descriptorLimit());
    }

    @Override
    public synchronized boolean needsReading() {
        return hasFailedToRead || stateSampler.hasNewListeners();
    }

    @Override
    public synchronized void sampleStates() {
        room.observe();
        stateSampler.sample();
        acceptQueueMonitor.poll();
    }

    @Override
    public synchronized void drainCloses() {
        closeIntake.drain();
    }

    @Override
    public synchronized QuickStats quickStats() {
        long open = procFs.openDescriptors();
        if (open >= 0) {
            quickStatsCollector.setDescriptors(
                    open, quickStatsCollector.latest().descriptorLimit());
        }
        return quickStatsCollector.latest();
    }

    @Override
    public void recordMinute() {
        recordMinute(minuteHistory);
    }

    synchronized void recordMinute(MinuteHistory history) {
        quickStatsCollector.recordMinute(history, procFs.openDescriptors());
    }

    /**
     * Reads the state of each tracked socket, without any file. It waits for no other thread, and no other thread waits
     * for it.
     *
     * @param counts takes the states
     * @return how many are no TCP sockets, or did not answer
     */
    public int countStates(StateCounts counts) {
        return stateSampler.countStates(counts);
    }

    /** The closed sockets until the latest {@link #drainCloses}. */
    public CloseIntake closes() {
        return closeIntake;
    }

    /** The last hour by minutes. */
    public MinuteHistory minutes() {
        return minuteHistory;
    }

    /** The state of the sources beside the files of the kernel. */
    public List<SourceStatus> sources() {
        String failure = owners.failure();
        return List.of(states.answer(), new SourceStatus(IoThreadLookup.NAME, failure == null, failure));
    }

    /** Resolves all stacks: a report needs them, and it would resolve each of them by itself. */
    public void resolveStacks() {
        ledger.resolveStacksBefore(Long.MAX_VALUE);
    }

    /** The memory for stacks. */
    public StackUsage stackUsage() {
        return ledger.stackUsage();
    }

    /** The state of the capture of opening stacks. */
    public StackCapturer captures() {
        return ledger.stackCapturer();
    }
}
