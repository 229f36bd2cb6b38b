// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.report.Frame;
import org.jspecify.annotations.Nullable;

/** What became of the connections that were opened at one place and are closed by now. */
public interface PlaceCloseStats {

    /** Nothing was ever closed. */
    PlaceCloseStats NONE = opening -> null;

    /** Of those with this culprit frame in their opening stack; null if none of them was seen to be closed. */
    @Nullable ClosedHere of(Frame opening);

    /**
     * Connections that were opened at one place and closed.
     *
     * @param closed how many, since the start
     * @param closedLately how many in the last minute
     * @param openedLately how many of those had been opened in the last minute, too
     * @param sampled whether these figures are estimates, because too many were closed to look at each
     * @param at the culprit frame of the close that is the most frequent; null if none has one
     * @param closedThere how many were closed there
     * @param late how many were closed only after they had been suspected
     * @param longestLateMillis the longest of the times between the suspicion and the close
     */
    record ClosedHere(
            long closed,
            long closedLately,
            long openedLately,
            boolean sampled,
            @Nullable Frame at,
            long closedThere,
            long late,
            long longestLateMillis) {}
}
