// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.json.ReportFormatException;
import io.github.sockblame.report.json.ReportJson;

/** A report as the viewer gets it from a target. */
public final class SampleFetchedReport {

    private SampleFetchedReport() {}

    /** This report, written and read again. */
    public static FetchedReport of(Report report) {
        try {
            return FetchedReport.of(ReportJson.write(report));
        } catch (ReportFormatException e) {
            throw new AssertionError(e);
        }
    }
}
