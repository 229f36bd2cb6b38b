// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resolved stack, innermost frame first. Equal stacks become one object in the {@link StackInterner}. A stack may have
 * gaps: see {@link StackCut}.
 */
public final class CallStack {

    private static final int[] NO_GAPS = {}; // before NONE, which has it

    /** Replaces a stack that was not captured, or was discarded. It has no frames. */
    static final CallStack NONE = new CallStack(new StackTraceElement[0]);

    private final StackTraceElement[] frames;
    private final int[] gaps; // by turns the index of the frame after the gap, and the number of frames in the gap
    private final int hash;

    /** The latest round of marks in which a holder had this stack; only the {@link StackInterner} uses it, in its lock. */
    int mark;

    CallStack(StackTraceElement[] frames) {
        this(frames, NO_GAPS);
    }

    private CallStack(StackTraceElement[] frames, int[] gaps) {
        this.frames = frames;
        this.gaps = gaps;
        this.hash = 31 * Arrays.hashCode(frames) + Arrays.hashCode(gaps);
    }

    /** A stack of these frames. */
    public static CallStack of(StackTraceElement... frames) {
        return new CallStack(frames.clone());
    }

    /** This stack with these frames alone, and with gaps in place of the others. */
    CallStack keeping(BitSet kept) {
        StackTraceElement[] left = new StackTraceElement[kept.cardinality()];
        int[] missing = new int[2 * left.length];
        int used = 0;
        int before = -1;
        int count = 0;
        for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
            if (i - before > 1) {
                missing[used++] = count;
                missing[used++] = i - before - 1;
            }
            left[count++] = frames[i];
            before = i;
        }
        return new CallStack(left, Arrays.copyOf(missing, used));
    }

    /** Returns whether it is a stack, and not the replacement for one that was not captured. */
    public boolean isCaptured() {
        return frames.length > 0;
    }

    /** All frames that are left, including the agent's own. */
    public List<StackTraceElement> frames() {
        return List.of(frames);
    }

    /**
     * The gaps, in the order of the frames: by turns the index of the frame after a gap, and the number of frames that
     * are missing there.
     */
    public int[] gaps() {
        return gaps.clone();
    }

    /** The frames, not to be changed by the caller except for equal ones. */
    StackTraceElement[] frameArray() {
        return frames;
    }

    int depth() {
        return frames.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallStack that
                && hash == that.hash
                && Arrays.equals(frames, that.frames)
                && Arrays.equals(gaps, that.gaps);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
