// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import org.jspecify.annotations.Nullable;

/** A failure for the user: one line with the problem and what to do next. */
public class CannotAnswerException extends Exception {

    public CannotAnswerException(String wrong, String next) {
        this(wrong, next, null);
    }

    public CannotAnswerException(String wrong, String next, @Nullable Throwable cause) {
        super(wrong + ": " + next, cause);
    }

    /** For a line that already contains what to do next. */
    public CannotAnswerException(String wrongAndNext) {
        super(wrongAndNext);
    }

    /** The same, with a cause. */
    CannotAnswerException(String wrongAndNext, Throwable cause) {
        super(wrongAndNext, cause);
    }

    /** The message of the innermost cause. The layers around it (RMI, naming, attach) only repeat it. */
    static String reason(Throwable problem) {
        Throwable innermost = problem;
        for (int depth = 0; innermost.getCause() != null && depth < 20; depth++) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        String type = innermost.getClass().getSimpleName();
        return message == null ? type : message.lines().findFirst().orElse(type).strip();
    }
}
