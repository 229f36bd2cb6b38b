// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Printable;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Rescued;
import io.github.sockblame.report.Rescued.RescuedSite;
import io.github.sockblame.report.Stack;
import java.util.List;

/** What was collected without close: one line for each place that opened such sockets. */
final class RescuedText {

    private static final int SITES = 5;

    private static final String INDENT = "       ";

    private RescuedText() {}

    static void append(StringBuilder out, Report report, Look look) {
        Rescued rescued = report.rescued();
        if (rescued.count() == 0) {
            return;
        }
        out.append(Wording.count(rescued.count(), "socket"))
                .append(
                        " collected without close since start; the JDK's Cleaner closed them, so they are in no total; opened at:\n");
        List<RescuedSite> sites = rescued.sites();
        for (RescuedSite site : sites.subList(0, Math.min(SITES, sites.size()))) {
            String count = "    " + Wording.count(site.count(), "socket");
            Stack stack = report.stacks().get(site.opened().stack());
            out.append(INDENT).append(frame(stack, look, INDENT.length() + count.length()));
            out.append(count).append('\n');
        }
    }

    private static String frame(Stack stack, Look look, int taken) {
        Frame culprit = stack.culpritFrame();
        if (culprit != null) {
            return look.strong(look.cut(Printable.of(culprit.text()), taken));
        }
        return stack.frames().isEmpty()
                ? "(no stack)"
                : look.cut(Printable.of(stack.frames().get(0).text()), taken);
    }
}
