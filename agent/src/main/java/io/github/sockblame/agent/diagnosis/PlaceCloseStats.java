// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.report.Frame;
import org.jspecify.annotations.Nullable;

/** The fate of the connections that were opened at one place and are closed by now. */
public interface PlaceCloseStats {

    /** Without any closed connection. */
    PlaceCloseStats NONE = opening -> null;

    /**
     * The figures of connections with this culprit frame in their opening stack; null if the agent saw none of them
     * close.
     */
    @Nullable ClosedHere of(Frame opening);

    /**
     * Connections that were opened at one place and closed.
     *
     * @param closed how many, since the start
     * @param closedLately how many in the last minute
     * @param openedLately how many of them were also opened in the last minute
     * @param sampled whether these figures are estimates, because there were too many closes to check each
     * @param at culprit frame of most of these closes; null if none has one
     * @param closedThere how many were closed there
     * @param late how many were closed only after they had become suspects
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
