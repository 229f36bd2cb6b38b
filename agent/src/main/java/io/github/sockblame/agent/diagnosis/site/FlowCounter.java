// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import io.github.sockblame.agent.diagnosis.verdict.PlaceCloseStats;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.SocketEvent;
import io.github.sockblame.report.SocketRow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Counts the open connections of each opening place, and adds the closed ones. */
public final class FlowCounter {

    private final StackTable stacks;
    private final PlaceCloseStats placeCloseStats;
    private final Tally<Object> openByPlace = new Tally<>();
    private final Tally<Object> openedInLastMinuteByPlace = new Tally<>();

    /**
     * Counts these sockets.
     *
     * @param sockets every open socket
     * @param stacks has their stacks
     * @param placeCloseStats figures of the closed connections
     * @param now the moment of the reading
     */
    public FlowCounter(ReportRows sockets, StackTable stacks, PlaceCloseStats placeCloseStats, Instant now) {
        this.stacks = stacks;
        this.placeCloseStats = placeCloseStats;
        long minuteAgo = now.minus(Site.LAST_MINUTE).toEpochMilli();
        for (int i = 0; i < sockets.size(); i++) {
            ReportRow socket = sockets.row(i);
            if (socket.has(SocketEvent.OPENED)) {
                Object place = stacks.culpritOf(socket.stack(SocketEvent.OPENED));
                openByPlace.add(place);
                if (socket.millis(SocketEvent.OPENED) > minuteAgo) {
                    openedInLastMinuteByPlace.add(place);
                }
            }
        }
    }

    /** The number of sockets that were opened at this place of {@link StackTable#culpritOf} and are open. */
    int open(Object place) {
        return openByPlace.count(place);
    }

    /** The fate of all connections from the opening place of this socket; null if no frame names that place. */
    Site.@Nullable Flow flowOf(SocketRow socket) {
        if (!socket.has(SocketEvent.OPENED)
                || !(stacks.culpritOf(socket.stack(SocketEvent.OPENED)) instanceof Frame place)) {
            return null;
        }
        int open = openByPlace.count(place);
        int openedInLastMinute = openedInLastMinuteByPlace.count(place);
        PlaceCloseStats.ClosedHere closed = placeCloseStats.of(place);
        return closed == null
                ? new Site.Flow(open, open, 0, openedInLastMinute, 0, false, null, 0, 0, null)
                : new Site.Flow(
                        open + closed.closed(),
                        open,
                        closed.closed(),
                        openedInLastMinute + closed.openedInLastMinute(),
                        closed.closedInLastMinute(),
                        closed.sampled(),
                        closed.at(),
                        closed.closedAtCount(),
                        closed.late(),
                        closed.late() == 0 ? null : Duration.ofMillis(closed.longestLateMillis()));
    }
}
