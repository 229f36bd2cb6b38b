// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static io.github.sockblame.report.text.SiteText.FRAME_INDENT;

import io.github.sockblame.report.ClosedByCleaner;
import io.github.sockblame.report.ClosedByCleaner.CleanerClosedSite;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Stack;
import java.util.List;

/** The sockets that were collected without a close: one line for each place that opened them. */
final class CleanerClosedText {

    private static final int SITES = 5;

    private CleanerClosedText() {}

    static void append(StringBuilder out, Report report, TextStyle textStyle) {
        ClosedByCleaner closedByCleaner = report.closedByCleaner();
        if (closedByCleaner.count() == 0) {
            return;
        }
        out.append(TextFormat.count(closedByCleaner.count(), "socket"))
                .append(
                        " collected without close since start; the JDK's Cleaner closed them, so no total includes them; opened at:\n");
        List<CleanerClosedSite> sites = closedByCleaner.sites();
        for (CleanerClosedSite site : sites.subList(0, Math.min(SITES, sites.size()))) {
            String count = "    " + TextFormat.count(site.count(), "socket");
            Stack stack = report.stacks().get(site.opened().stack());
            out.append(FRAME_INDENT).append(frame(stack, textStyle, FRAME_INDENT.length() + count.length()));
            out.append(count).append('\n');
        }
    }

    private static String frame(Stack stack, TextStyle textStyle, int taken) {
        Frame culprit = stack.culpritOrEntryFrame();
        if (culprit != null) {
            return textStyle.bold(textStyle.truncate(SafeText.of(culprit.text()), taken));
        }
        return stack.frames().isEmpty()
                ? "(no stack)"
                : textStyle.truncate(SafeText.of(stack.frames().get(0).text()), taken);
    }
}
