// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

/**
 * Why a JVM cannot be attached to.
 *
 * @param wrong what is so
 * @param next what to do then
 */
record AttachObstacle(String wrong, String next) {

    CannotAnswerException toException() {
        return new CannotAnswerException(wrong, next);
    }
}
