// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import org.jspecify.annotations.Nullable;

/** A source of reports: a JVM of this machine, a JMX address, or a file. */
public interface Target {

    /** Reads a report; a live target makes a new one. */
    FetchedReport read() throws CannotAnswerException;

    /** Reads a report that may lack its list of sockets, which is most of a large report. */
    FetchedReport readSummary() throws CannotAnswerException;

    /**
     * Starts or stops last-use tracking for the place where the connections of a site were opened.
     *
     * @param site its number in the latest report
     * @return the answer of the agent, one sentence
     */
    String watch(int site, boolean on) throws CannotAnswerException;

    /**
     * Removes the agent from the JVM.
     *
     * @return the answer of the agent, one line
     */
    String detach() throws CannotAnswerException;

    /** Opens a connection for several requests; null if the target has none. */
    @Nullable TargetConnection connect() throws CannotAnswerException;

    /** Returns whether a second request may return another report. */
    boolean isLive();
}
