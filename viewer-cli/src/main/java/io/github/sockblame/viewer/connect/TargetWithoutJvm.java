// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import org.jspecify.annotations.Nullable;

/** A saved report as a target: it can be read, and there is no JVM behind it. */
interface TargetWithoutJvm extends Target {

    /** The target as the user typed it. */
    String typed();

    @Override
    default FetchedReport readSummary() throws CannotAnswerException {
        return read();
    }

    @Override
    default String watch(int site, boolean on) throws CannotAnswerException {
        throw noJvm();
    }

    @Override
    default String detach() throws CannotAnswerException {
        throw noJvm();
    }

    @Override
    default @Nullable TargetConnection connect() {
        return null;
    }

    @Override
    default boolean isLive() {
        return false;
    }

    private CannotAnswerException noJvm() {
        return new CannotAnswerException(typed() + " is a saved report", "use the PID or the JMX address of the JVM");
    }
}
