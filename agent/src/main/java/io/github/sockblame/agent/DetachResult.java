// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.instrument.Hooks;
import io.github.sockblame.agent.log.ErrorText;
import io.github.sockblame.agent.log.InternalErrors;
import java.util.ArrayList;
import java.util.List;

/** The result of a detach: each step runs, whatever happened to the one before, and every failure is in the summary. */
final class DetachResult {

    private static final int MAX_NAMED = 3;

    private final List<String> problems = new ArrayList<>();
    private int classes;

    /** An action that may fail. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    /** Runs this step; {@code ifItFails} is the message if it fails. */
    void run(String ifItFails, Step step) {
        try {
            step.run();
        } catch (Throwable t) {
            InternalErrors.count(t);
            addProblem(ifItFails + " (" + ErrorText.of(t) + ")");
        }
    }

    void addProblem(String what) {
        problems.add(what.replace('\n', ' ').replace('\r', ' '));
    }

    void hooksRemoved(Hooks.Removal removal) {
        classes = removal.classes();
        List<String> left = removal.left();
        if (!left.isEmpty()) {
            addProblem("inactive hooks remain in "
                    + String.join(", ", left.subList(0, Math.min(MAX_NAMED, left.size())))
                    + (left.size() > MAX_NAMED ? " and " + (left.size() - MAX_NAMED) + " more" : ""));
        }
    }

    boolean isComplete() {
        return problems.isEmpty();
    }

    /** The result in one line. */
    String summary() {
        String done = "detached: the hooks were removed from " + classes + (classes == 1 ? " class" : " classes");
        return isComplete() ? done : done + "; but " + String.join("; ", problems);
    }
}
