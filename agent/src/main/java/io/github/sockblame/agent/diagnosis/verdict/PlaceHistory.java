// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import io.github.sockblame.agent.capture.CallStack;
import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Frame;
import java.util.HashMap;
import java.util.Map;

/** How late the place that opened a connection has closed others. */
final class PlaceHistory {

    private final CulpritFinder culprits;
    private final PlaceCloseStats closes;
    private final Map<CallStack, Long> longest = new HashMap<>();

    PlaceHistory(CulpritFinder culprits, PlaceCloseStats closes) {
        this.culprits = culprits;
        this.closes = closes;
    }

    /** The longest time from an end to its close, of the connections of the same place, in milliseconds; 0 if unknown. */
    long longestLateMillis(JoinedSocket socket) {
        TrackedSocket tracked = socket.tracked();
        CapturedEvent opened = tracked == null ? null : tracked.opened();
        return opened == null ? 0 : longest.computeIfAbsent(opened.stack(), this::longestOf);
    }

    private Long longestOf(CallStack opening) {
        Frame place = culprits.culpritOrEntry(opening);
        PlaceCloseStats.ClosedHere closed = place == null ? null : closes.of(place);
        return closed == null ? 0L : closed.longestLateMillis();
    }
}
