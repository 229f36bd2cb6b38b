// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.instrument.Hooks;
import io.github.sockblame.agent.log.InternalErrors;
import java.util.ArrayList;
import java.util.List;

/** How the agent left: every step is taken, whatever became of the one before, and what went wrong is told. */
final class Detachment {

    private static final int LEFT_TOLD = 3;

    private final List<String> troubles = new ArrayList<>();
    private int classes;

    /** Something that may fail. */
    @FunctionalInterface
    interface Step {
        void take() throws Exception;
    }

    /** Takes this step; {@code otherwise} says what is true if it fails. */
    void step(String otherwise, Step step) {
        try {
            step.take();
        } catch (Throwable t) {
            InternalErrors.count(t);
            trouble(otherwise + " (" + t + ")");
        }
    }

    void trouble(String what) {
        troubles.add(what.replace('\n', ' ').replace('\r', ' '));
    }

    void hooksRemoved(Hooks.Removal removal) {
        classes = removal.classes();
        List<String> left = removal.left();
        if (!left.isEmpty()) {
            trouble("hooks that nobody hears are left in "
                    + String.join(", ", left.subList(0, Math.min(LEFT_TOLD, left.size())))
                    + (left.size() > LEFT_TOLD ? " and " + (left.size() - LEFT_TOLD) + " more" : ""));
        }
    }

    boolean isComplete() {
        return troubles.isEmpty();
    }

    /** One line. */
    String line() {
        String done = "detached: the hooks are taken out of " + classes + (classes == 1 ? " class" : " classes");
        return isComplete() ? done : done + "; but " + String.join("; ", troubles);
    }
}
