// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import io.github.sockblame.agent.capture.CallStack;
import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Stack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives each different stack of a report one number. */
public final class StackTable {

    private final CulpritFinder culprits;
    private final Map<CallStack, Integer> numbers = new HashMap<>();
    private final List<Stack> stacks = new ArrayList<>();
    private final List<Object> places = new ArrayList<>(); // by number
    private final Map<StackTraceElement, Frame> frames = new HashMap<>(); // deep stacks have most of them in common

    /** Begins without a stack. */
    public StackTable(CulpritFinder culprits) {
        this.culprits = culprits;
    }

    int indexOf(CallStack stack) {
        Integer known = numbers.get(stack);
        if (known != null) {
            return known;
        }
        int number = stacks.size();
        Stack reported = culprits.toStack(stack, frames);
        Frame blamed = reported.culpritOrEntryFrame();
        stacks.add(reported);
        places.add(blamed == null ? Integer.valueOf(number) : blamed);
        numbers.put(stack, number);
        return number;
    }

    /** The same event with a stack that no longer changes and that has a number; null if there is none. */
    @Nullable CapturedEvent withNumber(@Nullable CapturedEvent capturedEvent) {
        if (capturedEvent == null) {
            return null;
        }
        CapturedEvent present = capturedEvent.withPresentStack();
        int unused = indexOf(present.stack());
        return present;
    }

    @Nullable Event event(@Nullable CapturedEvent capturedEvent) {
        return capturedEvent == null
                ? null
                : new Event(
                        Instant.ofEpochMilli(capturedEvent.millis()),
                        capturedEvent.thread(),
                        indexOf(capturedEvent.stack()));
    }

    /**
     * The place of the stack in the grouping into sites: its culprit frame, so that one leak with many callers is one
     * site, or else its innermost library frame. A stack with neither is a place of its own.
     */
    Object culpritOf(int number) {
        return places.get(number);
    }

    /** Every stack, by number. */
    public List<Stack> all() {
        return stacks;
    }
}
