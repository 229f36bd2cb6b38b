// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import org.jspecify.annotations.Nullable;

/**
 * Reads reports of one target again and again, over one connection while that lasts.
 *
 * <p>A new attach and a new connection for each report would cost the watched JVM more than the report, and would fill its socket tables with
 * closed connections. Not thread-safe.
 */
public final class TargetSession implements AutoCloseable {

    private final Target target;
    private @Nullable TargetConnection connection;

    /** Sends no request yet. */
    public TargetSession(Target target) {
        this.target = target;
    }

    /** Reads a whole report. */
    public FetchedReport read() throws CannotAnswerException {
        FetchedReport report = readOverConnection(TargetConnection::read);
        return report == null ? target.read() : report;
    }

    /** Reads a report that may lack its list of sockets. */
    public FetchedReport readSummary() throws CannotAnswerException {
        FetchedReport report = readOverConnection(TargetConnection::readSummary);
        return report == null ? target.readSummary() : report;
    }

    private interface Reader {
        FetchedReport read(TargetConnection connection) throws CannotAnswerException;
    }

    /** A report over the connection; null without a working one, and then the target itself reads or reports the problem. */
    private @Nullable FetchedReport readOverConnection(Reader reader) {
        try {
            if (connection == null) {
                connection = target.connect();
            }
            return connection == null ? null : reader.read(connection);
        } catch (CannotAnswerException e) {
            close();
            return null;
        }
    }

    /** Ends the connection; the next read opens another one. */
    @Override
    public void close() {
        TargetConnection last = connection;
        connection = null;
        if (last != null) {
            last.close();
        }
    }
}
