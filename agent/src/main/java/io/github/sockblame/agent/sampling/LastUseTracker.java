// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.capture.CallStack;
import io.github.sockblame.agent.collection.Sums;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.ledger.LastUseCapture;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.TcpState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Selects the connections whose reads and writes are captured: those from places that have suspects, and from places
 * that the user requested. A place is the culprit frame of the opening stack, or its innermost library frame.
 *
 * <p>It receives all sockets in each round. The place of a connection is available only when its stack is resolved,
 * some time after the opening. So the first new connections of each round are captured, and the next round drops those
 * of other places.
 */
public final class LastUseTracker implements RoundObserver {

    /** The time for which the next connections of a place are tracked. */
    static final Duration MAX_DURATION = Duration.ofHours(1);

    /** The number of suspects with a captured last use that is enough for a place. */
    private static final int ENOUGH_USES = 16;

    private static final int MAX_PLACES = 20;

    /** The largest number of connections of such places that are tracked at once. */
    private static final int MAX_CONNECTIONS = 100;

    /**
     * The largest number of new connections of unresolved places in one round: each costs the resolution of a stack.
     */
    private static final int NEW_SOCKETS_PER_ROUND = 50;

    /**
     * The largest number of captures in one round; at ten microseconds each, this is one percent of a core if a round
     * is a second long.
     */
    private static final int STACKS_PER_ROUND = 1000;

    /** Less than the time between two rounds of the watch thread, whatever a clock does. */
    private static final long MIN_REFILL_INTERVAL_MILLIS = 500;

    private final LastUseCapture lastUseCapture;
    private final CulpritFinder culprits;
    private final Map<CallStack, Place> places = new WeakHashMap<>();
    private final Map<Frame, TrackedPlace> watchedPlaces = new LinkedHashMap<>();

    /** Places that have been tracked for long enough. They stay here while they have suspects. */
    private final Set<Frame> exhaustedPlaces = new HashSet<>();

    private final Map<Frame, Integer> suspects = new HashMap<>();
    private final Map<Frame, Integer> suspectsWithUse = new HashMap<>();
    private int watchedConnections;
    private long lastRefill;

    /** The place where a stack opened a connection; null if all of its frames are the JDK's. */
    private record Place(@Nullable Frame frame) {}

    /** A tracked place: until when, and whether the user requested it. */
    private record TrackedPlace(long untilMillis, boolean requested) {}

    /** Tracks nothing until a round has suspects or the user requests a place. */
    public LastUseTracker(LastUseCapture lastUseCapture, CulpritFinder culprits) {
        this.lastUseCapture = lastUseCapture;
        this.culprits = culprits;
    }

    @Override
    public synchronized void beginRound() {
        suspects.clear();
        suspectsWithUse.clear();
        watchedConnections = 0;
    }

    @Override
    public synchronized void observe(@Nullable TrackedSocket socket, @Nullable TcpState state, long suspectMillis) {
        boolean suspected = suspectMillis != NO_SUSPECT;
        if (socket == null || (!suspected && watchedPlaces.isEmpty() && !socket.capturesUse())) {
            return;
        }
        Frame place = placeOf(socket.openingStack());
        if (place != null) {
            update(socket, place, suspected);
        }
    }

    private void update(TrackedSocket socket, Frame place, boolean suspected) {
        if (suspected) {
            Sums.add(suspects, place, 1);
            Sums.add(suspectsWithUse, place, socket.lastUse() == null ? 0 : 1);
        }
        if (watchedPlaces.containsKey(place)) {
            if (!suspected && watchedConnections < MAX_CONNECTIONS) {
                socket.startUseCapture();
                watchedConnections++;
            } else {
                socket.stopUseCapture();
            }
        } else if (suspected || exhaustedPlaces.contains(place)) {
            socket.stopUseCapture();
        } else if (socket.capturesUse()) {
            socket.discardUseCapture();
        }
    }

    @Override
    public synchronized void endRound(long nowMillis) {
        for (Iterator<Map.Entry<Frame, TrackedPlace>> all =
                        watchedPlaces.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<Frame, TrackedPlace> entry = all.next();
            Frame place = entry.getKey();
            TrackedPlace trackedPlace = entry.getValue();
            boolean enough = !trackedPlace.requested && suspectsWithUse.getOrDefault(place, 0) >= ENOUGH_USES;
            if (nowMillis >= trackedPlace.untilMillis || enough) {
                all.remove();
                exhaustedPlaces.add(place);
            } else if (!trackedPlace.requested && !suspects.containsKey(place)) {
                all.remove(); // no suspects are left
            }
        }
        exhaustedPlaces.retainAll(suspects.keySet());
        for (Frame place : suspects.keySet()) {
            if (!exhaustedPlaces.contains(place)
                    && !watchedPlaces.containsKey(place)
                    && watchedPlaces.size() < MAX_PLACES) {
                watchedPlaces.put(place, new TrackedPlace(nowMillis + MAX_DURATION.toMillis(), false));
            }
        }
        refill(nowMillis);
    }

    /** Starts the tracking of this place for the user. */
    public synchronized void startTracking(Frame place, long nowMillis) {
        watchedPlaces.put(place, new TrackedPlace(nowMillis + MAX_DURATION.toMillis(), true));
        exhaustedPlaces.remove(place);
        refill(nowMillis);
    }

    /** Stops the tracking of this place. Returns whether it was tracked. */
    public synchronized boolean stopTracking(Frame place) {
        exhaustedPlaces.add(place);
        boolean ended = watchedPlaces.remove(place) != null;
        if (watchedPlaces.isEmpty()) {
            lastUseCapture.disable();
        }
        return ended;
    }

    /** The places that are tracked now. */
    public synchronized List<String> places() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<Frame, TrackedPlace> entry : watchedPlaces.entrySet()) {
            TrackedPlace trackedPlace = entry.getValue();
            lines.add(entry.getKey().text() + (trackedPlace.requested ? "  asked for" : "  has suspects") + ", until "
                    + Instant.ofEpochMilli(trackedPlace.untilMillis).truncatedTo(ChronoUnit.SECONDS));
        }
        return lines;
    }

    /**
     * Refills the quota, but not for rounds in quick succession. Reports are rounds as well, and frequent requests must
     * not raise the cost.
     */
    private void refill(long nowMillis) {
        if (watchedPlaces.isEmpty()) {
            lastUseCapture.disable();
        } else if (Math.abs(nowMillis - lastRefill) >= MIN_REFILL_INTERVAL_MILLIS) {
            lastRefill = nowMillis;
            lastUseCapture.refill(NEW_SOCKETS_PER_ROUND, STACKS_PER_ROUND);
        } else {
            lastUseCapture.refill();
        }
    }

    private @Nullable Frame placeOf(@Nullable CallStack opening) {
        if (opening == null) {
            return null;
        }
        Place known = places.get(opening);
        if (known == null) {
            known = new Place(culprits.culpritOrEntry(opening));
            places.put(opening, known);
        }
        return known.frame();
    }
}
