// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

/** Something that has a report: a JVM of this machine, a JMX address, a file. */
public interface Target {

    /** Asks for a report; a live target makes a fresh one. */
    Reading read() throws CannotAnswerException;

    /** Whether asking again may give another answer. */
    boolean isLive();
}
