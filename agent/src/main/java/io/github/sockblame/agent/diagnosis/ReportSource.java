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

    /** The agent's version. */
    String version();

    /** Every hook, and what became of it. */
    List<Hook> hooks();

    /** Errors inside the agent since its start. */
    long internalErrors();
}
