// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

/** An attach failed although no check found an obstacle. Another attach would send the same signals again. */
final class CannotAttachException extends ClosedRouteException {

    private static final long serialVersionUID = 1L;

    CannotAttachException(String wrong, String next, Throwable cause) {
        super(wrong, next, cause);
    }
}
