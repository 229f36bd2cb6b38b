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

    /** The place of every stack that was not captured. */
    private static final Object NOT_CAPTURED = "not captured";

    /** The place of every stack with frames of the JDK alone. */
    private static final Object OF_JDK = "of the JDK";

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
        places.add(blamed != null ? blamed : reported.frames().isEmpty() ? NOT_CAPTURED : OF_JDK);
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
     * site, or else its innermost library frame. All stacks with neither are one place, because the JDK's frames differ
     * from one connection to the next.
     */
    Object culpritOf(int number) {
        return places.get(number);
    }

    /** Every stack, by number. */
    public List<Stack> all() {
        return stacks;
    }
}
