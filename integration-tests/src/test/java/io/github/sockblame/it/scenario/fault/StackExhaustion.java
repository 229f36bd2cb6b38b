// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Falls to the end of a stack and does something in each frame on the way up. */
final class StackExhaustion {

    private static final long STACK = 512 * 1024;

    private final Step step;
    private final int frames;
    private final @Nullable Throwable[] failures;
    private int frame;
    private int wentWell;

    private StackExhaustion(int frames, Step step) {
        this.step = step;
        this.frames = frames;
        this.failures = new Throwable[frames];
    }

    /** What is done in a frame, counted from the end of the stack. */
    @FunctionalInterface
    interface Step {
        void in(int frame) throws Exception;
    }

    /** Does it in this many frames, or until it went well often enough for the end of the stack to be out of reach. */
    static StackExhaustion with(int frames, int enough, Step step) throws InterruptedException {
        StackExhaustion stackExhaustion = new StackExhaustion(frames, step);
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        stackExhaustion.down(0, enough);
                    } catch (StackOverflowError e) {
                        // a first frame without room
                    }
                },
                "falls",
                STACK);
        thread.start();
        thread.join();
        return stackExhaustion;
    }

    private void down(int depth, int enough) {
        try {
            if (depth < Integer.MAX_VALUE) {
                down(depth + 1, enough);
            }
        } catch (StackOverflowError e) {
            // the end: from here it goes up
        }
        if (frame < frames && wentWell < enough) {
            try {
                step.in(frame);
                wentWell++;
            } catch (Throwable t) {
                failures[frame] = t; // and nothing that needs a call
            }
            frame++;
        }
    }

    /** In how many frames it failed, for want of stack or because of what that had left behind. */
    int failed() {
        return frame - wentWell;
    }

    /** What it failed with, and how often. */
    Map<String, Integer> failures() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Throwable failure : failures) {
            if (failure != null) {
                counts.merge(failure.getClass().getName(), 1, Integer::sum);
            }
        }
        return counts;
    }
}
