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

    private RescuedText() {}

    static void append(StringBuilder out, Report report) {
        Rescued rescued = report.rescued();
        if (rescued.count() == 0) {
            return;
        }
        out.append(Wording.count(rescued.count(), "socket"))
                .append(
                        " collected without close since start; the JDK's Cleaner closed them, so they are in no total; opened at:\n");
        List<RescuedSite> sites = rescued.sites();
        for (RescuedSite site : sites.subList(0, Math.min(SITES, sites.size()))) {
            out.append("       ").append(frame(report.stacks().get(site.opened().stack())));
            out.append("    ").append(Wording.count(site.count(), "socket")).append('\n');
        }
    }

    private static String frame(Stack stack) {
        Frame culprit = stack.culpritFrame();
        if (culprit != null) {
            return Printable.of(culprit.text());
        }
        return stack.frames().isEmpty()
                ? "(no stack)"
                : Printable.of(stack.frames().get(0).text());
    }
}
