// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.report.Hook;
import io.github.sockblame.report.Report;
import java.util.List;

/** Where a report of this moment comes from, and what is known without taking one. */
public interface ReportSource {

    /** Takes a fresh reading of ledger and kernel. */
    Report take();

    /** A report that may be up to a second old: for figures that are asked for one by one. */
    Report recent();

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
