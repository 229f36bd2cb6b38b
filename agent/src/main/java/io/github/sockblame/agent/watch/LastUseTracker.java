// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.diagnosis.CulpritFinder;
import io.github.sockblame.agent.ledger.CallStack;
import io.github.sockblame.agent.ledger.LastUseCapture;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Frame;
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
 * Decides whose reads and writes are witnessed: those of connections that were opened where suspects were, and where somebody asked for it.
 * Places are culprit frames of the opening stack, or where that entered a library.
 *
 * <p>Told of all sockets in rounds. Which connections a place opens is only known some time after they are opened, when their stacks are
 * resolved: so of all that are opened meanwhile the first ones are looked at, and those of other places let go in the next round.
 */
final class LastUseTracker {

    /** For so long the next connections of a place are looked at. */
    static final Duration LONGEST = Duration.ofHours(1);

    /** So many suspects of which the last use is known say enough of a place. */
    private static final int ENOUGH = 16;

    private static final int MOST_PLACES = 20;

    /** Connections of such places that are looked at, at once. */
    private static final int MOST_CONNECTIONS = 100;

    /** Of unknown places, in one round: each costs a stack to be resolved. */
    private static final int NEWCOMERS = 50;

    /** In one round; at ten microseconds each, one percent of a core if a round is a second long. */
    private static final int STACKS = 1000;

    /** Less than the time between two rounds of the watch thread, whatever a clock does. */
    private static final long BETWEEN_ALLOWANCES = 500;

    private final LastUseCapture lastUseCapture;
    private final Surroundings surroundings;
    private final Map<CallStack, Place> places = new WeakHashMap<>();
    private final Map<Frame, WatchedPlace> looks = new LinkedHashMap<>();

    /** Places that have been looked at for long enough, for as long as they have suspects. */
    private final Set<Frame> exhaustedPlaces = new HashSet<>();

    private final Map<Frame, Integer> suspects = new HashMap<>();
    private final Map<Frame, Integer> witnessed = new HashMap<>();
    private int looking;
    private long lastGiven;

    /** Where a stack opened a connection; null if all of its frames are the JDK's. */
    private record Place(@Nullable Frame frame) {}

    /** A place whose connections are looked at, until when, and whether somebody asked for it. */
    private record WatchedPlace(long untilMillis, boolean asked) {}

    LastUseTracker(LastUseCapture lastUseCapture, Surroundings surroundings) {
        this.lastUseCapture = lastUseCapture;
        this.surroundings = surroundings;
    }

    /**
     * One socket of this round.
     *
     * @param suspiciousSince since when it is, or was to its end, as a leak may be, in milliseconds since the epoch; 0 if it is not
     * @return whether that is for longer than the grace
     */
    synchronized boolean observe(TrackedSocket socket, long suspiciousSince, long nowMillis) {
        boolean suspected = suspiciousSince > 0
                && nowMillis - suspiciousSince >= surroundings.patience().graceMillis();
        if (!suspected && looks.isEmpty() && !socket.capturesUse()) {
            return false;
        }
        Frame place = placeOf(socket.openingStack());
        if (place != null) {
            update(socket, place, suspected);
        }
        return suspected;
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

    /** All sockets of the round have been told. */
    synchronized void endRound(long nowMillis) {
        for (Iterator<Map.Entry<Frame, WatchedPlace>> all = looks.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Frame, WatchedPlace> entry = all.next();
            Frame place = entry.getKey();
            WatchedPlace watchedPlace = entry.getValue();
            boolean enough = !watchedPlace.asked && witnessed.getOrDefault(place, 0) >= ENOUGH;
            if (nowMillis >= watchedPlace.untilMillis || enough) {
                all.remove();
                exhaustedPlaces.add(place);
            } else if (!watchedPlace.asked && !suspects.containsKey(place)) {
                all.remove(); // it has healed
            }
        }
        exhaustedPlaces.retainAll(suspects.keySet());
        for (Frame place : suspects.keySet()) {
            if (!exhaustedPlaces.contains(place) && !looks.containsKey(place) && looks.size() < MOST_PLACES) {
                looks.put(place, new WatchedPlace(nowMillis + LONGEST.toMillis(), false));
            }
        }
        suspects.clear();
        witnessed.clear();
        looking = 0;
        refill(nowMillis);
    }

    /** Somebody wants to know who uses the connections of this place last. */
    synchronized void startWatching(Frame place, long nowMillis) {
        looks.put(place, new WatchedPlace(nowMillis + LONGEST.toMillis(), true));
        exhaustedPlaces.remove(place);
        refill(nowMillis);
    }

    /** Nobody wants to know it of this place any more. Returns whether anybody did. */
    synchronized boolean stopWatching(Frame place) {
        exhaustedPlaces.add(place);
        boolean ended = looks.remove(place) != null;
        if (looks.isEmpty()) {
            lastUseCapture.disable();
        }
        return ended;
    }

    /** The places that are looked at now. */
    synchronized List<String> places() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<Frame, WatchedPlace> entry : looks.entrySet()) {
            WatchedPlace watchedPlace = entry.getValue();
            lines.add(entry.getKey().text() + (watchedPlace.asked ? "  asked for" : "  has suspects") + ", until "
                    + Instant.ofEpochMilli(watchedPlace.untilMillis).truncatedTo(ChronoUnit.SECONDS));
        }
        return lines;
    }

    /** Reports are rounds, too, and whoever asks for them or for a closer look again and again shall not raise what that may cost. */
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
            CulpritFinder culprits = surroundings.culprits();
            known = new Place(culprits.culpritOrEntry(opening));
            places.put(opening, known);
        }
        return known.frame();
    }
}
