// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.report.Report;

/** Where a report of this moment comes from. */
public interface ReportSource {

    /** Takes a fresh reading of ledger and kernel. */
    Report take();

    /** A report that may be up to a second old: for figures that are asked for one by one. */
    Report recent();
}
