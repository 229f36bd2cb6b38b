// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

/**
 * A reason that prevents an attach.
 *
 * @param wrong the problem
 * @param next what to do
 */
record AttachObstacle(String wrong, String next) {

    CannotAnswerException toException() {
        return new CannotAnswerException(wrong, next);
    }
}
