// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The events of sockets since the last drain, in the order in which they happened. If there are more than fit, it has
 * the latest.
 *
 * <p>The program's threads write without a lock and without an object for each event: a place holds the socket's
 * record, and the record holds the sequence number of the event. A writer that replaces an event that was not drained
 * counts it as dropped. One thread at a time may drain.
 */
public final class TraceRing {

    private static final int DEFAULT_PLACES = 8192;

    private final int places;
    private final AtomicReferenceArray<@Nullable TrackedSocket> latest;
    private final AtomicLong turns = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private volatile boolean ended;

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
        this(DEFAULT_PLACES);
    }

    TraceRing(int places) {
        this.places = places;
        this.latest = new AtomicReferenceArray<>(places);
    }

    void opened(TrackedSocket socket) {
        if (!ended) {
            long turn = turns.incrementAndGet();
            socket.setOpenSequence(turn);
            put(turn, socket);
        }
    }

    void sawEndOfFile(TrackedSocket socket) {
        if (!ended) {
            long turn = turns.incrementAndGet();
            socket.setEofSequence(turn);
            put(turn, socket);
        }
    }

    void closed(TrackedSocket socket) {
        if (!ended) {
            long turn = turns.incrementAndGet();
            socket.setCloseSequence(turn);
            put(turn, socket);
        }
    }

    private void put(long turn, TrackedSocket socket) {
        if (latest.getAndSet(placeOf(turn), socket) != null) {
            dropped.incrementAndGet();
        }
    }

    private int placeOf(long turn) {
        return (int) (turn % places);
    }

    /** Stops all recording. */
    public void stop() {
        ended = true;
    }

    /** The number of events that were overwritten before a drain. */
    public long dropped() {
        return dropped.get();
    }

    /** Returns the oldest events since the last call, at most {@code most}, in order. */
    public List<TraceEvent> drain(int most) {
        long now = turns.get();
        List<TraceEvent> happenings = new ArrayList<>();
        for (long turn = now + 1;
                turn <= now + places && happenings.size() < most;
                turn++) { // the oldest place is the next to be written
            int place = placeOf(turn);
            TrackedSocket socket = latest.get(place) == null ? null : latest.getAndSet(place, null);
            if (socket != null) {
                happenings.add(happeningAt(place, socket));
            }
        }
        happenings.sort((a, b) -> Long.compare(a.sequence(), b.sequence()));
        return happenings;
    }

    /** If a record is in the ring for the second time, its place is for its later event. */
    private TraceEvent happeningAt(int place, TrackedSocket socket) {
        long open = isAt(place, socket.tracedOpen());
        long end = isAt(place, socket.tracedEnd());
        long close = isAt(place, socket.tracedClose());
        if (close > open && close > end) {
            return new TraceEvent(close, Kind.CLOSE, socket);
        }
        return end > open ? new TraceEvent(end, Kind.EOF, socket) : new TraceEvent(open, Kind.OPEN, socket);
    }

    private long isAt(int place, long turn) {
        return turn > 0 && placeOf(turn) == place ? turn : 0;
    }
}
