// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.agent.capture.MonotonicClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The events of sockets since the last drain, in the order in which they happened. If there are more than fit, it has
 * the latest.
 *
 * <p>The program's threads write without a lock and without an object for each event: a slot holds the socket's
 * record, and the record holds the sequence number of the event. A writer that replaces an event that was not drained
 * counts it as dropped. One thread at a time may drain.
 */
public final class TraceRing {

    private static final int DEFAULT_SLOTS = 8192;

    private final int slots;
    private final AtomicReferenceArray<@Nullable TrackedSocket> latest;
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private volatile boolean stopped;

    /** The kind of event. */
    public enum Kind {
        /** A socket was opened or accepted; the record has which. */
        OPEN,
        /** The program read EOF for the first time. */
        EOF,
        /** The descriptor was closed. */
        CLOSE
    }

    /** One event. */
    public record TraceEvent(long sequence, Kind kind, TrackedSocket socket) {}

    public TraceRing() {
        this(DEFAULT_SLOTS);
    }

    TraceRing(int slots) {
        this.slots = slots;
        this.latest = new AtomicReferenceArray<>(slots);
    }

    void opened(TrackedSocket socket) {
        if (!stopped) {
            long number = sequence.incrementAndGet();
            socket.ensureRareState().openSequence = number;
            put(number, socket);
        }
    }

    void eofRead(TrackedSocket socket) {
        if (!stopped) {
            long number = sequence.incrementAndGet();
            socket.ensureRareState().eofSequence = number;
            put(number, socket);
        }
    }

    void closed(TrackedSocket socket) {
        if (!stopped) {
            long number = sequence.incrementAndGet();
            RareSocketState rareState = socket.ensureRareState();
            rareState.closedMillis = MonotonicClock.millis();
            rareState.closeSequence = number;
            put(number, socket);
        }
    }

    private void put(long number, TrackedSocket socket) {
        if (latest.getAndSet(slotOf(number), socket) != null) {
            dropped.incrementAndGet();
        }
    }

    private int slotOf(long number) {
        return (int) (number % slots);
    }

    /** Stops all recording. */
    public void stop() {
        stopped = true;
    }

    /** The number of events that were overwritten before a drain. */
    public long dropped() {
        return dropped.get();
    }

    /** Returns the oldest events since the last call, at most {@code most}, in order. */
    public List<TraceEvent> drain(int most) {
        long now = sequence.get();
        List<TraceEvent> events = new ArrayList<>();
        for (long number = now + 1;
                number <= now + slots && events.size() < most;
                number++) { // the oldest slot is the next to be written
            int slot = slotOf(number);
            TrackedSocket socket = latest.get(slot) == null ? null : latest.getAndSet(slot, null);
            if (socket != null) {
                events.add(eventAt(slot, socket));
            }
        }
        events.sort(new Comparator<TraceEvent>() {
            @Override
            public int compare(TraceEvent a, TraceEvent b) {
                return Long.compare(a.sequence(), b.sequence());
            }
        });
        return events;
    }

    /** If a record is in the ring for the second time, its slot is for its later event. */
    private TraceEvent eventAt(int slot, TrackedSocket socket) {
        long open = numberIfAt(slot, socket.rareState().openSequence);
        long eof = numberIfAt(slot, socket.rareState().eofSequence);
        long close = numberIfAt(slot, socket.rareState().closeSequence);
        if (close > open && close > eof) {
            return new TraceEvent(close, Kind.CLOSE, socket);
        }
        return eof > open ? new TraceEvent(eof, Kind.EOF, socket) : new TraceEvent(open, Kind.OPEN, socket);
    }

    private long numberIfAt(int slot, long number) {
        return number > 0 && slotOf(number) == slot ? number : 0;
    }
}
