// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call stack, innermost frame first, without the agent's own frames.
 *
 * @param frames the frames
 * @param culprit index of the culprit frame: the first that is neither the JDK's nor a known library's; -1 if there is none
 */
public record Stack(List<Frame> frames, int culprit) {

    public Stack {
        frames = List.copyOf(frames);
        if (culprit < -1 || culprit >= frames.size()) {
            throw new IllegalArgumentException("culprit frame " + culprit + " of " + frames.size());
        }
    }

    /** The culprit frame, or null if every frame is the JDK's or a known library's. */
    public @Nullable Frame culpritFrame() {
        return culprit < 0 ? null : frames.get(culprit);
    }
}
