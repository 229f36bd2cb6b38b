// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call stack, innermost frame first, without the agent's own frames.
 *
 * @param frames the frames
 * @param culprit index of the culprit frame: the first one outside the JDK and the listed libraries; -1 if there is
 *     none
 * @param entry if there is no culprit frame, index of the frame that entered a library: the outermost one outside the
 *     JDK. Null if there is a culprit frame, or if every frame is the JDK's
 */
public record Stack(
        List<Frame> frames, int culprit, @Nullable Integer entry) {

    /** A stack without frames. */
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

    /** Returns the culprit frame, or null if every frame is the JDK's or a listed library's. */
    public @Nullable Frame culpritFrame() {
        return culprit < 0 ? null : frames.get(culprit);
    }

    /** Returns the culprit frame or, without one, the entry into a library; null if every frame is the JDK's. */
    public @Nullable Frame culpritOrEntryFrame() {
        int index = culpritOrEntryIndex();
        return index < 0 ? null : frames.get(index);
    }

    /** Returns the index of {@link #culpritOrEntryFrame}; -1 if every frame is the JDK's. */
    public int culpritOrEntryIndex() {
        return entry == null ? culprit : entry;
    }
}
