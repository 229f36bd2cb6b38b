// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

/** Something that has a report: a JVM of this machine, a JMX address, a file. */
public interface Target {

    /** Asks for a report; a live target makes a fresh one. */
    FetchedReport read() throws CannotAnswerException;

    /** The same, and one without its list of sockets will do: of many sockets, that is most of it. */
    FetchedReport readSummary() throws CannotAnswerException;

    /**
     * Has the place looked at closer, or no longer, where the connections of a site were opened.
     *
     * @param site its number in the latest report
     * @return what the agent says, one sentence
     */
    String watch(int site, boolean on) throws CannotAnswerException;

    /**
     * Takes the agent out of the JVM.
     *
     * @return what the agent says of it, one line
     */
    String detach() throws CannotAnswerException;

    /** Whether asking again may give another answer. */
    boolean isLive();
}
