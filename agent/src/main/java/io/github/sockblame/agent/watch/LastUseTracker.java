// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.diagnosis.CulpritFinder;
import io.github.sockblame.agent.ledger.CallStack;
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
 * that the user requested. A place is the culprit frame of the opening stack, or the frame that entered a library.
 *
 * <p>It receives all sockets in each round. The place of a connection is available only when its stack is resolved,
 * some time after the opening. So the first new connections of each round are captured, and the next round drops those
 * of other places.
 */
public final class LastUseTracker implements RoundObserver {

    /** The time for which the next connections of a place are tracked. */
    static final Duration LONGEST = Duration.ofHours(1);

    /** The number of suspects with a captured last use that is enough for a place. */
    private static final int ENOUGH = 16;

    private static final int MOST_PLACES = 20;

    /** The largest number of connections of such places that are tracked at once. */
    private static final int MOST_CONNECTIONS = 100;

    /**
     * The largest number of new connections of unresolved places in one round: each costs the resolution of a stack.
     */
    private static final int NEWCOMERS = 50;

    /**
     * The largest number of captures in one round; at ten microseconds each, this is one percent of a core if a round
     * is a second long.
     */
    private static final int STACKS = 1000;

    /** Less than the time between two rounds of the watch thread, whatever a clock does. */
    private static final long BETWEEN_ALLOWANCES = 500;

    private final LastUseCapture lastUseCapture;
    private final CulpritFinder culprits;
    private final Map<CallStack, Place> places = new WeakHashMap<>();
    private final Map<Frame, WatchedPlace> looks = new LinkedHashMap<>();

    /** Places that have been tracked for long enough. They stay here while they have suspects. */
    private final Set<Frame> exhaustedPlaces = new HashSet<>();

    private final Map<Frame, Integer> suspects = new HashMap<>();
    private final Map<Frame, Integer> witnessed = new HashMap<>();
    private int looking;
    private long lastGiven;

    /** The place where a stack opened a connection; null if all of its frames are the JDK's. */
    private record Place(@Nullable Frame frame) {}

    /** A tracked place: until when, and whether the user requested it. */
    private record WatchedPlace(long untilMillis, boolean asked) {}

    /** Tracks nothing until a round has suspects or the user requests a place. */
    public LastUseTracker(LastUseCapture lastUseCapture, CulpritFinder culprits) {
        this.lastUseCapture = lastUseCapture;
        this.culprits = culprits;
    }

    @Override
    public synchronized void beginRound() {
        suspects.clear();
        witnessed.clear();
        looking = 0;
    }

    @Override
    public synchronized void observe(@Nullable TrackedSocket socket, @Nullable TcpState state, long suspectMillis) {
        boolean suspected = suspectMillis != NO_SUSPECT;
        if (socket == null || (!suspected && looks.isEmpty() && !socket.capturesUse())) {
            return;
        }
        Frame place = placeOf(socket.openingStack());
        if (place != null) {
            update(socket, place, suspected);
        }
    }

    private void update(TrackedSocket socket, Frame place, boolean suspected) {
        if (suspected) {
            suspects.merge(place, 1, Integer::sum);
            witnessed.merge(place, socket.lastUse() == null ? 0 : 1, Integer::sum);
        }
        if (looks.containsKey(place)) {
            if (!suspected && looking < MOST_CONNECTIONS) {
                socket.startUseCapture();
                looking++;
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
        for (Iterator<Map.Entry<Frame, WatchedPlace>> all = looks.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Frame, WatchedPlace> entry = all.next();
            Frame place = entry.getKey();
            WatchedPlace watchedPlace = entry.getValue();
            boolean enough = !watchedPlace.asked && witnessed.getOrDefault(place, 0) >= ENOUGH;
            if (nowMillis >= watchedPlace.untilMillis || enough) {
                all.remove();
                exhaustedPlaces.add(place);
            } else if (!watchedPlace.asked && !suspects.containsKey(place)) {
                all.remove(); // no suspects are left
            }
        }
        exhaustedPlaces.retainAll(suspects.keySet());
        for (Frame place : suspects.keySet()) {
            if (!exhaustedPlaces.contains(place) && !looks.containsKey(place) && looks.size() < MOST_PLACES) {
                looks.put(place, new WatchedPlace(nowMillis + LONGEST.toMillis(), false));
            }
        }
        refill(nowMillis);
    }

    /** Starts the tracking of this place for the user. */
    public synchronized void startWatching(Frame place, long nowMillis) {
        looks.put(place, new WatchedPlace(nowMillis + LONGEST.toMillis(), true));
        exhaustedPlaces.remove(place);
        refill(nowMillis);
    }

    /** Stops the tracking of this place. Returns whether it was tracked. */
    public synchronized boolean stopWatching(Frame place) {
        exhaustedPlaces.add(place);
        boolean ended = looks.remove(place) != null;
        if (looks.isEmpty()) {
            lastUseCapture.disable();
        }
        return ended;
    }

    /** The places that are tracked now. */
    public synchronized List<String> places() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<Frame, WatchedPlace> entry : looks.entrySet()) {
            WatchedPlace watchedPlace = entry.getValue();
            lines.add(entry.getKey().text() + (watchedPlace.asked ? "  asked for" : "  has suspects") + ", until "
                    + Instant.ofEpochMilli(watchedPlace.untilMillis).truncatedTo(ChronoUnit.SECONDS));
        }
        return lines;
    }

    /**
     * Refills the quota, but not for rounds in quick succession. Reports are rounds as well, and frequent requests must
     * not raise the cost.
     */
    private void refill(long nowMillis) {
        if (looks.isEmpty()) {
            lastUseCapture.disable();
        } else if (Math.abs(nowMillis - lastGiven) >= BETWEEN_ALLOWANCES) {
            lastGiven = nowMillis;
            lastUseCapture.refill(NEWCOMERS, STACKS);
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
