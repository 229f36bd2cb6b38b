// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

/** The JVM did not let itself be attached to, though nothing seemed to be in the way. */
final class CannotAttachException extends CannotAnswerException {

    private static final long serialVersionUID = 1L;

    private final String wrong;

    CannotAttachException(String wrong, String next, Throwable cause) {
        super(wrong, next, cause);
        this.wrong = wrong;
    }

    /** The same without what to do next. */
    String wrong() {
        return wrong;
    }
}
