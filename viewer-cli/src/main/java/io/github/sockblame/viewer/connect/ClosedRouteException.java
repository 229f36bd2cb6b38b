// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import org.jspecify.annotations.Nullable;

/** One route to an agent is closed; another one may be open. */
class ClosedRouteException extends CannotAnswerException {

    private static final long serialVersionUID = 1L;

    private final String wrong;

    ClosedRouteException(String wrong, String next) {
        this(wrong, next, null);
    }

    ClosedRouteException(String wrong, String next, @Nullable Throwable cause) {
        super(wrong, next, cause);
        this.wrong = wrong;
    }

    /** For a line that already contains what to do next. */
    ClosedRouteException(CannotAnswerException cause) {
        super(String.valueOf(cause.getMessage()), cause);
        this.wrong = String.valueOf(cause.getMessage());
    }

    /** The problem without what to do next. */
    String wrong() {
        return wrong;
    }
}
