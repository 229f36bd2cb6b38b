// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call stack, innermost frame first, without the agent's own frames.
 *
 * @param frames the frames
 * @param culprit index of the culprit frame: the first that is neither the JDK's nor a known library's; -1 if there is none
 * @param entry without a culprit frame, index of the frame by which a library was entered: the outermost that is not the JDK's; null
 *     if there is a culprit frame, or if every frame is the JDK's
 */
public record Stack(
        List<Frame> frames, int culprit, @Nullable Integer entry) {

    /** Of which no frame is told. */
    static final Stack EMPTY = new Stack(List.of(), -1, null);

    public Stack {
        frames = List.copyOf(frames);
        if (culprit < -1 || culprit >= frames.size()) {
            throw new IllegalArgumentException("culprit frame " + culprit + " of " + frames.size());
        }
        if (entry != null && (culprit >= 0 || entry < 0 || entry >= frames.size())) {
            throw new IllegalArgumentException("entry frame " + entry + " of " + frames.size());
        }
    }

    /** The culprit frame, or null if every frame is the JDK's or a known library's. */
    public @Nullable Frame culpritFrame() {
        return culprit < 0 ? null : frames.get(culprit);
    }

    /** The culprit frame or, without one, the entry into a library; null if every frame is the JDK's. */
    public @Nullable Frame blamedFrame() {
        return entry == null ? culpritFrame() : frames.get(entry);
    }
}
