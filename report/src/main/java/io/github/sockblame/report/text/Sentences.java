// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import java.util.List;

/** The sentences of {@link LeaksText} one by one, for whoever does not print them below each other. */
public final class Sentences {

    private Sentences() {}

    /** {@code fds 19,871 of 20,000 (99 %)}, and when they are used up. */
    public static String descriptors(Report report) {
        return LeaksText.descriptors(report);
    }

    /** What is said first of a report without leaks. */
    public static String noLeaks(Report report) {
        return LeaksText.noLeaks(report);
    }

    /** How many of what, and to where: {@code 12 connections to 10.2.3.4:443}. */
    public static String subject(Report report, Site site) {
        return SiteText.subject(report, site);
    }

    /** What became of all of its place, what the kernel says, and the evidence. */
    public static List<String> facts(Site site) {
        return SiteText.facts(site, TextStyle.PLAIN, 0);
    }

    /** What is said besides of listeners, of what is left after a close, and of what was collected; lines of text, each ended by a line feed. */
    public static String besides(Report report) {
        StringBuilder out = new StringBuilder();
        ListenersText.append(out, report, TextStyle.PLAIN);
        AfterCloseText.append(out, report, TextStyle.PLAIN);
        CleanerClosedText.append(out, report, TextStyle.PLAIN);
        return out.toString();
    }

    /** What limits all that is said, and what was not seen. */
    public static List<String> notSeen(Report report) {
        return LeaksText.notSeen(report);
    }
}
