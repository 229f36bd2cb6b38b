// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.Frame;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Site.Flow;
import java.time.Duration;

/**
 * The fate of all connections from one opening place, in one line: the program never closes them, or sometimes forgets
 * to.
 */
final class FlowText {

    private FlowText() {}

    /** The sentence. Its frame is cut if it does not fit into the line beside the rest and {@code taken} columns. */
    static String of(Flow flow, TextStyle textStyle, int taken) {
        String counts = counts(flow);
        String inLastMinute = lastMinute(flow);
        Frame at = flow.closedAt();
        return at == null
                ? counts + inLastMinute
                : counts
                        + textStyle.truncate(SafeText.of(at.text()), taken + counts.length() + inLastMinute.length())
                        + inLastMinute;
    }

    /** The sentence up to the frame. */
    private static String counts(Flow flow) {
        String about = flow.sampled() ? "about " : "";
        StringBuilder text = new StringBuilder("this place opened ")
                .append(about)
                .append(TextFormat.number(flow.opened()))
                .append(" and closed ")
                .append(about)
                .append(TextFormat.number(flow.closed()));
        if (flow.closedAt() != null) {
            text.append(
                            flow.closedAtCount() == flow.closed()
                                    ? ""
                                    : ", " + about + TextFormat.number(flow.closedAtCount()) + " of them")
                    .append(" at ");
        }
        return text.toString();
    }

    /** The part after the frame. */
    private static String lastMinute(Flow flow) {
        StringBuilder text = new StringBuilder();
        if (flow.openedInLastMinute() + flow.closedInLastMinute() > 0 && flow.closed() > 0) {
            text.append("; in the last minute ")
                    .append(TextFormat.number(flow.openedInLastMinute()))
                    .append(" and ")
                    .append(TextFormat.number(flow.closedInLastMinute()));
        }
        Duration latest = flow.longestDelay();
        if (latest != null) {
            text.append("; ")
                    .append(TextFormat.number(flow.closedAfterSuspicion()))
                    .append(" closed only after the agent suspected them, the slowest after ")
                    .append(TextFormat.duration(latest));
        }
        return text.toString();
    }
}
