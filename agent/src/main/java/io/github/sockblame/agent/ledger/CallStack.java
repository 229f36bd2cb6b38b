// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.Arrays;
import java.util.List;

/** A resolved stack, innermost frame first; equal stacks are one object once they went through the {@link StackInterner}. */
public final class CallStack {

    /** In place of a stack that was not taken. It has no frames. */
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

    /** Whether it is a stack: not if it stands in place of one that was not taken. */
    public boolean isCaptured() {
        return frames.length > 0;
    }

    /** All frames, the agent's own among them. */
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
