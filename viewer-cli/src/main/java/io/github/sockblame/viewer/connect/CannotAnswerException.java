// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A failure for the user: one line with the problem and what to do next. */
public class CannotAnswerException extends Exception {

    private static final long serialVersionUID = 1L;

    private final List<String> details;

    public CannotAnswerException(String wrong, String next) {
        this(wrong, next, null);
    }

    public CannotAnswerException(String wrong, String next, @Nullable Throwable cause) {
        this(wrong, next, List.of(), cause);
    }

    /** A failure with more lines, one for each route that was tried. */
    CannotAnswerException(String wrong, String next, List<String> details, @Nullable Throwable cause) {
        super(wrong + ": " + next, cause);
        this.details = List.copyOf(details);
    }

    /** For a line that already contains what to do next. */
    public CannotAnswerException(String wrongAndNext) {
        super(wrongAndNext);
        details = List.of();
    }

    /** The same, with a cause. */
    CannotAnswerException(String wrongAndNext, Throwable cause) {
        super(wrongAndNext, cause);
        details = List.of();
    }

    /** More lines about the failure; usually none. */
    public List<String> details() {
        return details;
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
