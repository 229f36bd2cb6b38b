// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import io.github.sockblame.report.Frame;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fate of the connections that were opened at one place and are closed by now.
 *
 * @param byOpening the figures of the connections with this culprit frame in their opening stack
 */
public record PlaceCloseStats(Map<Frame, ClosedHere> byOpening) {

    /** Without any closed connection. */
    public static final PlaceCloseStats NONE = new PlaceCloseStats(Map.of());

    /** The figures of this place; null if the agent saw none of its connections close. */
    public @Nullable ClosedHere of(Frame opening) {
        return byOpening.get(opening);
    }

    /**
     * Connections that were opened at one place and closed.
     *
     * @param closed how many, since the start
     * @param closedInLastMinute how many in the last minute
     * @param openedInLastMinute how many of them were also opened in the last minute
     * @param sampled whether these figures are estimates, because there were too many closes to check each
     * @param at culprit frame of most of these closes; null if none has one
     * @param closedAtCount how many were closed there
     * @param late how many were closed only after they had become suspects
     * @param longestLateMillis the longest of the times between the suspicion and the close
     */
    public record ClosedHere(
            long closed,
            long closedInLastMinute,
            long openedInLastMinute,
            boolean sampled,
            @Nullable Frame at,
            long closedAtCount,
            long late,
            long longestLateMillis) {}
}
