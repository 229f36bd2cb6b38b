// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.save;

import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.html.HtmlPage;
import java.util.Locale;

/** What a file of this name has in it when a report is saved to it. */
public final class ReportRenderer {

    private ReportRenderer() {}

    /** A page if the name ends so, else the JSON as it came. */
    public static String of(FetchedReport fetchedReport, String file) throws CannotAnswerException {
        return file.toLowerCase(Locale.ROOT).endsWith(".html")
                ? HtmlPage.of(fetchedReport.reportWithSockets())
                : fetchedReport.json();
    }
}
