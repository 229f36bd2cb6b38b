// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import java.util.HashMap;
import java.util.Map;

/** One object for each distinct frame of the stacks that are kept. Not safe for several threads. */
final class FramePool {

    /** The frame, its entry in the map, and its share of the map's table and of the names. */
    static final long FRAME_BYTES = 112;

    private Map<StackTraceElement, StackTraceElement> frames = new HashMap<>();

    /** Replaces each frame of this array by the one that is kept. Returns how many of them are new. */
    int share(StackTraceElement[] stack) {
        int added = 0;
        for (int i = 0; i < stack.length; i++) {
            StackTraceElement known = frames.putIfAbsent(stack[i], stack[i]);
            if (known == null) {
                added++;
            } else {
                stack[i] = known;
            }
        }
        return added;
    }

    /** Returns how many frames of this array, each counted once, are not kept yet. */
    int countNew(StackTraceElement[] stack) {
        Map<StackTraceElement, StackTraceElement> fresh = new HashMap<>();
        for (StackTraceElement frame : stack) {
            if (!frames.containsKey(frame)) {
                fresh.put(frame, frame);
            }
        }
        return fresh.size();
    }

    /** Drops all frames. The caller adds those that are still needed. */
    void clear() {
        frames = new HashMap<>(); // a map never shrinks
    }

    int size() {
        return frames.size();
    }
}
