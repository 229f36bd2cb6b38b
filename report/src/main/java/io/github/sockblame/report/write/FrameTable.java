// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.write;

import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Stack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives each distinct frame of a report's stacks a number, in the order of their first use. */
final class FrameTable {

    private final List<Frame> frames = new ArrayList<>();
    private final Map<Frame, Integer> numbers = new HashMap<>();

    FrameTable(List<Stack> stacks) {
        for (Stack stack : stacks) {
            for (Frame frame : stack.frames()) {
                if (!numbers.containsKey(frame)) {
                    numbers.put(frame, frames.size());
                    frames.add(frame);
                }
            }
        }
    }

    /** The frames, by number. */
    List<Frame> frames() {
        return frames;
    }

    int number(Frame frame) {
        Integer number = numbers.get(frame);
        if (number == null) {
            throw new IllegalArgumentException("a frame of another report: " + frame);
        }
        return number;
    }
}
