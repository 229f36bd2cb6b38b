// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.output;

import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.html.HtmlPage;
import java.util.Locale;

/** The content of a saved report, by the name of its file. */
public final class ReportRenderer {

    private ReportRenderer() {}

    /** A page if the name ends in {@code .html}, else the unchanged JSON. */
    public static String of(FetchedReport fetchedReport, String file) throws CannotAnswerException {
        return file.toLowerCase(Locale.ROOT).endsWith(".html")
                ? HtmlPage.of(fetchedReport.reportWithSockets())
                : fetchedReport.json();
    }
}
