// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.output;

import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.html.HtmlPage;
import java.util.List;
import java.util.Locale;

/** The content of a saved report, by the name of its file. */
public final class ReportRenderer {

    private static final List<String> PAGE = List.of(".html", ".htm");
    private static final List<String> TEXT = List.of(".txt", ".log");

    /** Names of formats in which there are no reports. */
    private static final List<String> OTHERS =
            List.of(".csv", ".gz", ".md", ".pdf", ".svg", ".tsv", ".xml", ".yaml", ".yml", ".zip");

    private ReportRenderer() {}

    /** Refuses the name of a folder, and of a format in which there are no reports. */
    public static void checkName(String file) throws CannotAnswerException {
        if (file.endsWith("/")) {
            throw new CannotAnswerException("'" + file + "' is the name of a folder", "give the name of a file");
        }
        if (ends(file, OTHERS)) {
            throw new CannotAnswerException(
                    file + ": a report is JSON (.json), text (.txt) or a page (.html)", "choose one of these endings");
        }
    }

    /** A page or the text of {@code leaks} if the name ends so, else the unchanged JSON. */
    public static String of(FetchedReport fetchedReport, String file) throws CannotAnswerException {
        if (ends(file, PAGE)) {
            return HtmlPage.of(fetchedReport.reportWithSockets());
        }
        return ends(file, TEXT) ? LeaksText.of(fetchedReport.report()) : fetchedReport.json();
    }

    private static boolean ends(String file, List<String> endings) {
        String name = file.toLowerCase(Locale.ROOT);
        return endings.stream().anyMatch(name::endsWith);
    }
}
