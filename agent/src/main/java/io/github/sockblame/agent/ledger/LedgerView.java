// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.StackCapturer;
import io.github.sockblame.agent.capture.StackCut;
import io.github.sockblame.agent.capture.StackHolder;
import io.github.sockblame.agent.capture.StackInterner;
import io.github.sockblame.agent.capture.StackUsage;
import io.github.sockblame.agent.memory.HeapRoom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as the watch thread sees it: the records, what has happened since the last round, and the switches that
 * depend on the result of a round. The program's threads do not use it.
 */
public final class LedgerView implements StackHolder {

    private final SocketRegistry registry;
    private final CloseRecorder closeRecorder;
    private final ConnectionAddresses addresses;
    private final StackCapturer stackCapturer;
    private final LastUseCapture lastUseCapture;
    private final FailedOpens failedOpens;
    private final IoEventSwitch ioEvents;
    private final ProbeControl probe;
    private final @Nullable TraceRing trace;
    private final StackInterner interner = new StackInterner();
    private final StackResolution stackResolution = new StackResolution(interner);
    private final List<StackHolder> stackHolders = new CopyOnWriteArrayList<>();
    private volatile @Nullable HeapRoom heapRoom;

    /** The view of this ledger. */
    public LedgerView(Ledger ledger) {
        this.registry = ledger.registry;
        this.closeRecorder = ledger.closeRecorder;
        this.addresses = ledger.addresses;
        this.stackCapturer = ledger.stackCapturer;
        this.lastUseCapture = ledger.lastUseCapture;
        this.failedOpens = ledger.failedOpens;
        this.ioEvents = ledger.ioEvents;
        this.probe = ledger.probe;
        this.trace = ledger.trace;
        stackHolders.add(this);
    }

    /**
     * Limits the memory for stacks.
     *
     * @param maxBytes the limit, at least 1
     * @param cut selects the frames that a stack keeps above the limit
     * @param room the heap; stacks that are not resolved yet take a part of it
     */
    public void limitStackMemory(long maxBytes, StackCut cut, HeapRoom room) {
        interner.setLimit(maxBytes, cut);
        heapRoom = room;
        allowStacks();
    }

    private void allowStacks() {
        HeapRoom known = heapRoom;
        interner.allowStacks(stackCapturer, known == null ? Long.MAX_VALUE : known.freeBytes());
    }

    /** Another thread with its present stack, which counts in the memory for stacks. */
    public CapturedEvent presentAction(Thread thread, StackTraceElement[] frames) {
        return CapturedEvent.of(thread, frames, interner);
    }

    /** The memory for stacks. */
    public StackUsage stackUsage() {
        return interner.usage();
    }

    /** Adds a part of the agent that keeps stacks of closed sockets. */
    public void addStackHolder(StackHolder holder) {
        stackHolders.add(holder);
    }

    @Override
    public void visitEvents(Consumer<CapturedEvent> visitor) {
        for (TrackedSocket socket : registry.all()) {
            StackResolution.visitEvents(socket, visitor);
        }
        for (TrackedSocket socket : closeRecorder.cleanerCloses().latest()) {
            StackResolution.visitEvents(socket, visitor);
        }
    }

    /** All open sockets that have a record now, by number. */
    public List<TrackedSocket> sockets() {
        return registry.all();
    }

    /** The record of this descriptor number now; null if there is none. */
    public @Nullable TrackedSocket at(int fd) {
        return registry.at(fd);
    }

    /** Removes a record that the kernel does not confirm; false if the record is gone already. */
    public boolean drop(TrackedSocket socket) {
        return registry.remove(socket);
    }

    /**
     * Returns the sockets that the program has closed since the last call, with the stacks of opening and close
     * resolved.
     *
     * @param most the largest size of the sample, which represents all of them
     */
    public ClosedSocketSample.Batch drainClosed(int most) {
        ClosedSocketSample.Batch batch = closeRecorder.sample().drain(most, System.nanoTime());
        for (TrackedSocket socket : batch.sampled()) {
            stackResolution.resolveOpenAndClose(socket);
        }
        return batch;
    }

    /** The sockets that were collected without a close and closed by the JDK's Cleaner. */
    public CleanerCloses cleanerCloses() {
        return closeRecorder.cleanerCloses();
    }

    /** The sockets that were not opened or accepted. */
    public FailedOpens failedOpens() {
        return failedOpens;
    }

    /** Prepares the readers for the JDK's objects of connections that will be closed later. */
    public void prepareAddressReaders() {
        addresses.prepareReaders();
    }

    /** The ends of the connection in the JDK's object around this socket; null if it has none, or if they are unknown. */
    public @Nullable ConnectionEndpoints endpointsOf(TrackedSocket socket) {
        Object owner = socket.owner();
        return owner == null ? null : addresses.endpointsOf(owner);
    }

    /** The state of the capture of opening stacks. */
    public StackCapturer stackCapturer() {
        return stackCapturer;
    }

    /**
     * Marks a connection as a suspect: from now on the opening stacks of all connections with the same endpoint are
     * captured.
     */
    public void markSuspect(TrackedSocket socket) {
        if (!stackCapturer.hasSampled()) {
            return;
        }
        CapturedEvent listenerOpened = socket.listenerOpened();
        Object owner = socket.owner();
        ConnectionEndpoints ends = owner == null || listenerOpened != null ? null : addresses.endpointsOf(owner);
        if (ends != null) {
            stackCapturer.markSuspect(ends.remote(), ends.remotePort());
        } else {
            stackCapturer.markSuspect(listenerOpened);
        }
    }

    /** The quota of last-use tracking. */
    public LastUseCapture lastUseCapture() {
        return lastUseCapture;
    }

    /** The trace; null if there is none. */
    public @Nullable TraceRing trace() {
        return trace;
    }

    /** Resolves the stacks that were captured before this time, in milliseconds since the epoch. */
    public void resolveStacksBefore(long millis) {
        synchronized (stackResolution) {
            interner.releaseUnused(stackHolders);
            allowStacks();
            for (TrackedSocket socket : registry.all()) {
                if (!StackResolution.isResolved(socket, millis)) {
                    stackResolution.resolve(socket);
                }
            }
            for (TrackedSocket socket : closeRecorder.cleanerCloses().latest()) {
                stackResolution.resolve(socket);
            }
        }
    }

    /**
     * Switches the events of reads and writes on while a socket may be a suspect or last-use tracking is on, and off
     * otherwise. Must be called in each round.
     *
     * @param anySuspected whether a socket is in CLOSE_WAIT, or has read EOF
     */
    public void updateIoTracking(boolean anySuspected) {
        if (anySuspected || lastUseCapture.isEnabled()) {
            ioEvents.switchOn();
        } else if (ioEvents.isOn()) {
            ioEvents.switchOff();
            if (anySawEof()) { // a thread may have read EOF meanwhile
                ioEvents.switchOn();
            }
        }
    }

    private boolean anySawEof() {
        for (TrackedSocket socket : registry.all()) {
            if (socket.eofOrCloseNotify() != null) {
                return true;
            }
        }
        return false;
    }

    /** Opens of a descriptor number without an event of the earlier close; 0 unless a hook is missing. */
    public long missedCloses() {
        return registry.missedCloses();
    }

    /** Events that an internal error dropped: see {@link ProbeControl#missedEvents}. */
    public long missedEvents() {
        return probe.missedEvents();
    }

    /** Opens of descriptor numbers that are too high for the table; their sockets are untracked. */
    public long beyondTable() {
        return registry.beyondTable();
    }
}
