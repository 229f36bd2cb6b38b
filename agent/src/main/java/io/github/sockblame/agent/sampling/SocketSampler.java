// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.capture.StackCapturer;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.diagnosis.verdict.PeakConnections;
import io.github.sockblame.agent.kernel.ProcFs;
import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.agent.kernel.net.StateCounts;
import io.github.sockblame.agent.kernel.proc.SourceStatus;
import io.github.sockblame.agent.ledger.LedgerView;
import java.util.List;
import java.util.Set;

/**
 * All that the agent keeps of the sockets from one round to the next, behind one lock: one reading at a time. Only the
 * agent's own thread and the threads that request a report wait for it.
 */
public final class SocketSampler implements Sampling {

    private final LedgerView ledger;
    private final ProcFs procFs;
    private final SocketStateReader states;
    private final IoThreadLookup owners;
    private final PeakConnectionCounter peakConnections = new PeakConnectionCounter();
    private final QuickStatsCollector quickStatsCollector = new QuickStatsCollector();
    private final MinuteHistory minuteHistory = new MinuteHistory();
    private final AcceptQueueMonitor acceptQueueMonitor;
    private final SnapshotReader snapshotReader;
    private final StateSampler stateSampler;
    private final CloseIntake closeIntake;

    /**
     * Follows the sockets of this ledger.
     *
     * @param beforeAgent inodes of the sockets that were open before the agent
     * @param graceMillis for how long a socket is in the state of a leak before it is a suspect
     */
    public SocketSampler(
            LedgerView ledger,
            ProcFs procFs,
            SocketStateReader states,
            IoThreadLookup owners,
            Set<Long> beforeAgent,
            LastUseTracker lastUseTracker,
            CulpritFinder culprits,
            long graceMillis) {
        this(ledger, procFs, states, owners, beforeAgent, lastUseTracker, culprits, graceMillis, new RetryPause());
    }

    /** The same, with another wait between the two reads of a reading that has to be repeated. */
    SocketSampler(
            LedgerView ledger,
            ProcFs procFs,
            SocketStateReader states,
            IoThreadLookup owners,
            Set<Long> beforeAgent,
            LastUseTracker lastUseTracker,
            CulpritFinder culprits,
            long graceMillis,
            Runnable retryPause) {
        this.ledger = ledger;
        this.procFs = procFs;
        this.states = states;
        this.owners = owners;
        StateHistory history = new StateHistory();
        SamplingRound round =
                new SamplingRound(ledger, graceMillis, List.of(peakConnections, lastUseTracker, quickStatsCollector));
        this.acceptQueueMonitor = new AcceptQueueMonitor(ledger, procFs);
        this.snapshotReader = new SnapshotReader(
                ledger,
                procFs,
                new LiveLookup(states, owners, history),
                beforeAgent,
                round,
                acceptQueueMonitor,
                retryPause);
        this.stateSampler = new StateSampler(ledger, states, history, snapshotReader, round);
        this.closeIntake = new CloseIntake(ledger, history, culprits, graceMillis);
    }

    /**
     * Reads ledger and kernel for a report. It does not call fstat for tracked sockets with a row in the kernel's
     * tables.
     */
    public synchronized SnapshotReader.JoinedSnapshot read() {
        SnapshotReader.JoinedSnapshot snapshot = snapshotReader.read();
        recordReading(snapshot);
        return snapshot;
    }

    @Override
    public synchronized void readAll() {
        recordReading(snapshotReader.readFull());
    }

    private void recordReading(SnapshotReader.JoinedSnapshot snapshot) {
        stateSampler.clearNewListeners();
        quickStatsCollector.setDescriptors(
                snapshot.kernel().openDescriptors(), snapshot.kernel().descriptorLimit());
    }

    @Override
    public synchronized boolean hasNewListeners() {
        return stateSampler.hasNewListeners();
    }

    @Override
    public synchronized void sampleStates() {
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
        quickStatsCollector.recordMinute(history);
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

    /** The peak number of open connections of each opening place until now. */
    public PeakConnections peakConnections() {
        return peakConnections.snapshot();
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

    /** The state of the capture of opening stacks. */
    public StackCapturer captures() {
        return ledger.stackCapturer();
    }
}
