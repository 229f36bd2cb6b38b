// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to sockets since somebody last took it, in the order in which it happened; of more than fits, the latest.
 *
 * <p>Written by the program's threads, without a lock and without an object of its own: a place holds the socket's record, and the record the
 * turn of what happened. Whoever writes over a record that nobody took counts it as dropped. One at a time may take.
 */
public final class TraceRing {

    private static final int DEFAULT_PLACES = 8192;

    private final int places;
    private final AtomicReferenceArray<@Nullable TrackedSocket> latest;
    private final AtomicLong turns = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private volatile boolean ended;

    /** What happened. */
    public enum Kind {
        /** A socket was made, or, as its record tells, accepted. */
        OPEN,
        /** The program was told for the first time that the peer closed. */
        EOF,
        /** The descriptor was closed. */
        CLOSE
    }

    /** One thing that happened. */
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

    /** Nothing is taken down any more. */
    public void stop() {
        ended = true;
    }

    /** How many were written over before anybody took them. */
    public long dropped() {
        return dropped.get();
    }

    /** The oldest of what happened since the last call, at most so many, in order. */
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

    /** A record that stands there for the second time does so for its later turn. */
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
