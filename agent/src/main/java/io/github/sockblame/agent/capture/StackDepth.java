// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import org.jspecify.annotations.Nullable;

/**
 * The number of frames that this JVM records of a stack. It is measured, because several options limit it, and an
 * option can come from a file or a variable of the environment.
 */
public final class StackDepth {

    /**
     * The calls of the JDK, of the agent and of a library between the program and a socket. An HTTP client under a proxy
     * of a framework takes about as many.
     */
    static final int ENOUGH_FRAMES = 64;

    private StackDepth() {}

    /** The frames of an exception that is made this deep, or deeper: {@link #ENOUGH_FRAMES} or more without a limit. */
    public static int measure() {
        return measureBelow(ENOUGH_FRAMES);
    }

    private static int measureBelow(int calls) {
        return calls == 0 ? new Throwable().getStackTrace().length : measureBelow(calls - 1);
    }

    /**
     * The consequence of this limit for a report, with the option that sets it; null if stacks are deep enough.
     *
     * @param frames the result of {@link #measure}
     */
    public static @Nullable String describeLimit(int frames) {
        if (frames >= ENOUGH_FRAMES) {
            return null;
        }
        return frames == 0
                ? "this JVM records none (-XX:-StackTraceInThrowable): sockets are counted and judged, and no code is named"
                : "this JVM records only the innermost "
                        + (frames == 1 ? "frame" : frames + " frames")
                        + " (-XX:MaxJavaStackTraceDepth="
                        + frames + "): code further out is not named";
    }
}
