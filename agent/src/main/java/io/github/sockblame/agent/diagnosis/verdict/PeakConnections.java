// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import io.github.sockblame.agent.capture.CallStack;
import java.util.Map;

/**
 * Figures of earlier rounds on the connections of each opening stack.
 *
 * @param byOpening the largest number of them that were established at the same time, while any was open
 */
public record PeakConnections(Map<CallStack, Integer> byOpening) {

    /** Without any connection. */
    public static final PeakConnections NONE = new PeakConnections(Map.of());

    /** The largest number of connections of this stack that were established at the same time. */
    public int mostEstablished(CallStack opening) {
        return byOpening.getOrDefault(opening, 0);
    }
}
