// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import java.util.Arrays;
import java.util.List;

/** A resolved stack, innermost frame first. Equal stacks become one object in the {@link StackInterner}. */
public final class CallStack {

    /** Replaces a stack that was not captured. It has no frames. */
    static final CallStack NONE = new CallStack(new StackTraceElement[0]);

    private final StackTraceElement[] frames;
    private final int hash;

    CallStack(StackTraceElement[] frames) {
        this.frames = frames;
        this.hash = Arrays.hashCode(frames);
    }

    /** A stack of these frames. */
    public static CallStack of(StackTraceElement... frames) {
        return new CallStack(frames.clone());
    }

    /** Returns whether it is a stack, and not the replacement for one that was not captured. */
    public boolean isCaptured() {
        return frames.length > 0;
    }

    /** All frames, including the agent's own. */
    public List<StackTraceElement> frames() {
        return List.of(frames);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CallStack that && hash == that.hash && Arrays.equals(frames, that.frames);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
