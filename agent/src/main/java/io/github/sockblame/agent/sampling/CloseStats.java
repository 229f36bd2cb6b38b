// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.MonotonicClock;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.diagnosis.verdict.ClosedSiblings;
import io.github.sockblame.agent.diagnosis.verdict.PlaceCloseStats;
import io.github.sockblame.agent.diagnosis.verdict.PlaceCloseStats.ClosedHere;
import io.github.sockblame.agent.kernel.net.ProcAddressFormat;
import io.github.sockblame.agent.ledger.ClosedSocketSample;
import io.github.sockblame.agent.ledger.ConnectionEndpoints;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Frame;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the closed connections of each opening place. Each close that is checked costs the resolution of two stacks.
 * If there are more than a hundred in a round, a sample represents all of them.
 */
final class CloseStats {

    static final int MAX_PER_ROUND = 100;

    /** If there are more places, the one with the oldest close is dropped first. */
    private static final int MOST_PLACES = 1000;

    private static final int MOST_CLOSING_PLACES = 20;

    private final CulpritFinder culprits;

    private final Map<Frame, Place> places = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Frame, Place> eldest) {
            return size() > MOST_PLACES;
        }
    };

    private final Map<ClosedSiblings.Key, Sibling> siblings = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ClosedSiblings.Key, Sibling> eldest) {
            return size() > MOST_PLACES;
        }
    };

    /** The connections from one place to one remote address. */
    private static final class Sibling {
        double closed;
        long latestOpening;
    }

    /** One place that opens connections. */
    private static final class Place {
        double closed;
        boolean sampled;
        double late;
        long longestLateMillis;
        final SlidingSum closedInLastMinute = new SlidingSum();
        final SlidingSum openedInLastMinute = new SlidingSum();
        final Map<Frame, Double> closedAt = new LinkedHashMap<>();
    }

    CloseStats(CulpritFinder culprits) {
        this.culprits = culprits;
    }

    /** Since when a socket was a suspect, in milliseconds since the epoch; 0 if it was not. */
    @FunctionalInterface
    interface Suspicion {
        long of(TrackedSocket socket);
    }

    /** Adds the sockets that were closed since the last time. */
    synchronized void add(ClosedSocketSample.Batch batch, Suspicion suspicion, long nowMillis) {
        if (!batch.sampled().isEmpty()) {
            double weight = batch.weight();
            for (TrackedSocket socket : batch.sampled()) {
                add(socket, weight, suspicion.of(socket), nowMillis);
            }
        }
    }

    private void add(TrackedSocket socket, double weight, long suspectedSince, long nowMillis) {
        CapturedEvent opened = socket.opened();
        Frame opening = opened == null ? null : culprits.culpritOrEntry(opened.stack());
        if (opened == null || opening == null) {
            return;
        }
        CapturedEvent closing = socket.closing(); // null if native code closed it a moment ago
        long closedMillis = closing == null ? nowMillis : closing.millis();
        addSibling(opening, socket, opened, weight);
        Place place = places.get(opening);
        if (place == null) {
            place = new Place();
            places.put(opening, place);
        }
        place.closed += weight;
        place.sampled |= weight > 1;
        place.closedInLastMinute.add(weight, closedMillis);
        if (nowMillis - opened.millis() < SlidingSum.MILLIS) {
            place.openedInLastMinute.add(weight, opened.millis());
        }
        if (suspectedSince > 0) {
            place.late += weight;
            place.longestLateMillis = Math.max(place.longestLateMillis, closedMillis - suspectedSince);
        }
        Frame at = closing == null ? null : culprits.culpritOrEntry(closing.stack());
        Double closedThere = at == null ? null : place.closedAt.get(at);
        if (at != null && (closedThere != null || place.closedAt.size() < MOST_CLOSING_PLACES)) {
            place.closedAt.put(at, closedThere == null ? weight : closedThere + weight);
        }
    }

    private void addSibling(Frame opening, TrackedSocket socket, CapturedEvent opened, double weight) {
        if (socket.isAccepted()) {
            return; // its remote address is another one each time
        }
        ConnectionEndpoints ends = socket.endpoints();
        Endpoint remote =
                ends == null ? null : ProcAddressFormat.endpoint(ends.remote().getAddress(), ends.remotePort());
        ClosedSiblings.Key key = new ClosedSiblings.Key(opening, remote);
        Sibling sibling = siblings.get(key);
        if (sibling == null) {
            sibling = new Sibling();
            siblings.put(key, sibling);
        }
        sibling.closed += weight;
        sibling.latestOpening = Math.max(sibling.latestOpening, opened.millis());
    }

    /** The present figures by place and remote address. */
    synchronized ClosedSiblings siblings() {
        Map<ClosedSiblings.Key, ClosedSiblings.Closed> byKey = new HashMap<>();
        for (Map.Entry<ClosedSiblings.Key, Sibling> entry : siblings.entrySet()) {
            Sibling sibling = entry.getValue();
            byKey.put(entry.getKey(), new ClosedSiblings.Closed(Math.round(sibling.closed), sibling.latestOpening));
        }
        return new ClosedSiblings(byKey);
    }

    /** The present figures. */
    synchronized PlaceCloseStats snapshot() {
        long now = MonotonicClock.millis();
        Map<Frame, ClosedHere> byOpening = new HashMap<>();
        for (Map.Entry<Frame, Place> entry : places.entrySet()) {
            byOpening.put(entry.getKey(), closedHere(entry.getValue(), now));
        }
        return new PlaceCloseStats(byOpening);
    }

    private static ClosedHere closedHere(Place place, long now) {
        Frame at = null;
        double there = 0;
        for (Map.Entry<Frame, Double> entry : place.closedAt.entrySet()) {
            if (entry.getValue() > there) {
                at = entry.getKey();
                there = entry.getValue();
            }
        }
        return new ClosedHere(
                Math.round(place.closed),
                Math.round(place.closedInLastMinute.sum(now)),
                Math.round(place.openedInLastMinute.sum(now)),
                place.sampled,
                at,
                Math.round(there),
                Math.round(place.late),
                place.longestLateMillis);
    }
}
