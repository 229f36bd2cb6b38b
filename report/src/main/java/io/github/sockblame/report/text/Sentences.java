// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import java.util.List;

/** The sentences of {@link LeaksText} one by one, for output that does not print them below each other. */
public final class Sentences {

    private Sentences() {}

    /** {@code fds 19,871 of 20,000 (99 %)}, and when they are used up. */
    public static String descriptors(Report report) {
        return LeaksText.descriptors(report);
    }

    /** The answer of the report in one line: {@code 24 leaked connections at 3 sites; worst: PaymentClient.charge (12)}. */
    public static String headline(Report report) {
        return Headline.of(report);
    }

    /** The number of sockets, their kind and their endpoint: {@code 12 connections to 10.2.3.4:443}. */
    public static String subject(Report report, Site site) {
        return SiteText.subject(report, site);
    }

    /** The fate of all connections from its place, the stuck threads of its listener, the kernel's figures, the evidence. */
    public static List<String> facts(Report report, Site site) {
        return SiteText.facts(report, site, TextStyle.PLAIN, 0);
    }

    /** The lines on listeners, on rows after a close, and on collected sockets. Each line ends with a line feed. */
    public static String besides(Report report) {
        StringBuilder out = new StringBuilder();
        ListenersText.appendQueues(out, report, TextStyle.PLAIN);
        AfterCloseText.append(out, report, TextStyle.PLAIN);
        CleanerClosedText.append(out, report, TextStyle.PLAIN);
        ListenersText.appendOverflows(out, report, TextStyle.PLAIN);
        return out.toString();
    }

    /** The limits of the report, and what the agent did not see. */
    public static List<String> notSeen(Report report) {
        return LeaksText.notSeen(report);
    }
}
