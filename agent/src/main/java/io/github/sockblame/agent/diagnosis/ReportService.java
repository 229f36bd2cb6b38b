// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.report.Hook;
import io.github.sockblame.report.Report;
import java.util.List;
import java.util.Map;

/** Where a report of this moment comes from, and what is known without taking one. */
public interface ReportService {

    /** Takes a fresh reading of ledger and kernel. */
    Report build();

    /** A report without its sockets that may be up to a second old: for figures that are asked for one by one. */
    Report cached();

    /** In {@link #states}, what is no TCP socket, or did not answer. */
    String NO_STATE = "OTHER";

    /**
     * How many tracked sockets are in which TCP state at this moment, by the kernel's spelling, and {@link #NO_STATE}: each is asked, no file is
     * read, and nothing is judged.
     */
    Map<String, Integer> states();

    /**
     * Has it witnessed for an hour who reads from and writes to connections that are opened where those of this site were.
     *
     * @param site its number in the latest report
     * @return what is looked at, in one sentence
     * @throws IllegalArgumentException if there is no such site, or if it is not known where it was opened; the message says which
     */
    String watch(int site);

    /** Ends that, whoever began it. Parameter, answer and errors as in {@link #watch}. */
    String unwatch(int site);

    /** The places that are looked at closer now, one line each. */
    List<String> watched();

    /** The agent's version. */
    String version();

    /** Every hook, and what became of it. */
    List<Hook> hooks();

    /** Errors inside the agent since its start. */
    long internalErrors();
}
