// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call stack, innermost frame first, without the agent's own frames.
 *
 * @param frames the frames
 * @param culprit index of the culprit frame: the first one of the program; -1 if there is none
 * @param entry if there is no culprit frame, index of the frame that stands in its place: the innermost one of a library.
 *     Null if there is a culprit frame, or if every frame is the JDK's
 * @param omitted the gaps in it, in the order of its frames; null if it is complete
 * @param through if the culprit frame called a library, index of the innermost frame of a library inside it; null if it
 *     called the JDK itself, or in a report of an older agent
 */
public record Stack(
        List<Frame> frames,
        int culprit,
        @Nullable Integer entry,
        @Nullable List<OmittedFrames> omitted,
        @Nullable Integer through) {

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
        if (through != null && (through < 0 || through >= culprit)) {
            throw new IllegalArgumentException("library frame " + through + " inside culprit frame " + culprit);
        }
        omitted = omitted == null || omitted.isEmpty() ? null : List.copyOf(omitted);
        int last = -1;
        for (OmittedFrames gap : orNone(omitted)) {
            if (gap.before() <= last || gap.before() >= frames.size()) {
                throw new IllegalArgumentException("a gap before frame " + gap.before() + " of " + frames.size());
            }
            last = gap.before();
        }
    }

    /** A complete stack, whose culprit frame called the JDK itself. */
    public Stack(List<Frame> frames, int culprit, @Nullable Integer entry) {
        this(frames, culprit, entry, null, null);
    }

    /** A stack whose culprit frame called the JDK itself. */
    public Stack(List<Frame> frames, int culprit, @Nullable Integer entry, @Nullable List<OmittedFrames> omitted) {
        this(frames, culprit, entry, omitted, null);
    }

    private static List<OmittedFrames> orNone(@Nullable List<OmittedFrames> gaps) {
        return gaps == null ? List.of() : gaps;
    }

    /** Returns the gap before the frame with this index; null if there is none. */
    public @Nullable OmittedFrames gapBefore(int frame) {
        for (OmittedFrames gap : orNone(omitted)) {
            if (gap.before() == frame) {
                return gap;
            }
        }
        return null;
    }

    /** Returns how many frames are missing at and after the frame with this index. */
    public long omittedFrom(int frame) {
        long missing = 0;
        for (OmittedFrames gap : orNone(omitted)) {
            missing += gap.before() >= frame ? gap.count() : 0;
        }
        return missing;
    }

    /** Returns the culprit frame, or null if every frame is the JDK's or a listed library's. */
    public @Nullable Frame culpritFrame() {
        return culprit < 0 ? null : frames.get(culprit);
    }

    /** Returns the innermost library frame through which the culprit frame went; null if there is none. */
    public @Nullable Frame throughFrame() {
        return through == null ? null : frames.get(through);
    }

    /** Returns the culprit frame or, without one, the innermost library frame; null if every frame is the JDK's. */
    public @Nullable Frame culpritOrEntryFrame() {
        int index = culpritOrEntryIndex();
        return index < 0 ? null : frames.get(index);
    }

    /** Returns the index of {@link #culpritOrEntryFrame}; -1 if every frame is the JDK's. */
    public int culpritOrEntryIndex() {
        return entry == null ? culprit : entry;
    }
}
