// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

/** An open connection to a target, for several requests. */
public interface TargetConnection extends AutoCloseable {

    /** Reads a whole report. */
    FetchedReport read() throws CannotAnswerException;

    /** Reads a report that may lack its list of sockets. */
    FetchedReport readSummary() throws CannotAnswerException;

    @Override
    void close();
}
