// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import org.jspecify.annotations.Nullable;

/** The agent has no memory for an answer. It was reached, and another route finds no more memory. */
final class NoMemoryException extends CannotAnswerException {

    private static final long serialVersionUID = 1L;

    /** The advice for a heap that is nearly full. */
    static final String ADVICE = "if much of the heap is garbage, jcmd PID GC.run makes room";

    /** The reason of such an agent begins like this. */
    private static final String REASON = "not enough memory";

    /**
     * The failure of this JVM.
     *
     * @param reason in the words of the agent
     */
    NoMemoryException(String jvm, String reason, @Nullable Throwable cause) {
        super("the agent in " + jvm + " cannot answer: " + reason, ADVICE, cause);
    }

    /** Returns whether an agent gives this reason for a lack of memory. */
    static boolean isReason(String reason) {
        return reason.startsWith(REASON);
    }
}
