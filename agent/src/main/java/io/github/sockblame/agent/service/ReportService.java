// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.service;

import io.github.sockblame.report.Hook;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.ReportDetail;
import java.util.List;
import java.util.Map;

/** The source of reports, and of figures that need no report. */
public interface ReportService {

    /**
     * Takes a fresh reading of ledger and kernel, in as much detail as there is memory for. If that is less than the
     * request, the report has a {@link Report#reduction}. The caller closes the lease when the report is written.
     *
     * @param most what is needed; {@link ReportDetail#TOTALS} is only for a lack of memory
     * @throws IllegalStateException if there is no memory for any report; the message has the figures
     */
    ReportLease lease(ReportDetail most);

    /** A report without its sockets that may be up to a second old, for figures that a client reads one by one. */
    Report cached();

    /** In {@link #states}, the key for sockets of other protocols and those without an answer. */
    String NO_STATE = "OTHER";

    /**
     * The number of tracked sockets by their TCP state at this moment, in the kernel's spelling, and {@link #NO_STATE}.
     * It costs one call for each socket, and reads no file.
     */
    Map<String, Integer> states();

    /**
     * Starts last-use tracking, for an hour, of the place where the connections of this site were opened.
     *
     * @param site its number in the latest report
     * @return the tracked place, in one sentence
     * @throws IllegalArgumentException if there is no such site, or if its opening place is unknown; the message has
     *     the reason
     */
    String watch(int site);

    /** Stops that tracking, also if it started automatically. Parameter, answer and errors as in {@link #watch}. */
    String unwatch(int site);

    /** The places with last-use tracking, one line each. */
    List<String> lastUsePlaces();

    /** The agent's version. */
    String version();

    /** Every hook, and its state. */
    List<Hook> hooks();

    /** Errors inside the agent since its start. */
    long internalErrors();
}
