// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

/** How much a report contains; each one contains more than those after it. */
public enum ReportDetail {
    /** Everything. */
    WHOLE,
    /** All but the list of sockets. */
    SUMMARY,
    /** The kernel's counts. No socket is judged, so the report has no sites, and cannot count leaks. */
    TOTALS
}
