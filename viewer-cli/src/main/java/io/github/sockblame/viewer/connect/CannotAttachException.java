// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

/** An attach failed although no check found an obstacle. */
final class CannotAttachException extends CannotAnswerException {

    private static final long serialVersionUID = 1L;

    private final String wrong;

    CannotAttachException(String wrong, String next, Throwable cause) {
        super(wrong, next, cause);
        this.wrong = wrong;
    }

    /** The problem without what to do next. */
    String wrong() {
        return wrong;
    }
}
