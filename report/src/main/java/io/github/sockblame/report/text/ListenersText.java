// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.ListenDrops;
import io.github.sockblame.report.Listener;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The problems of listeners: a line for each full accept queue, and one if a queue of the namespace has overflowed. */
final class ListenersText {

    private ListenersText() {}

    /** Adds a line for each listener of the program whose accept queue is full. */
    static void appendQueues(StringBuilder out, Report report, TextStyle textStyle) {
        for (Listener listener : listeners(report)) {
            if (listener.hasFullQueue()) {
                append(out, listener, textStyle);
            }
        }
    }

    private static List<Listener> listeners(Report report) {
        List<Listener> listeners = report.listeners();
        return listeners == null ? List.of() : listeners; // an older agent did not list them
    }

    /** Adds the overflows of the network namespace, which may be those of another program. */
    static void appendOverflows(StringBuilder out, Report report, TextStyle textStyle) {
        ListenDrops drops = report.listenDrops();
        if (drops != null && drops.newOverflows() > 0 && !listeners(report).isEmpty()) {
            out.append("accept queues of this network namespace had no room for ")
                    .append(TextFormat.count(drops.newOverflows(), "connection"))
                    .append(" in the last ")
                    .append(TextFormat.between(drops.since(), report.takenAt()))
                    .append(textStyle.dim(" (ListenOverflows; the kernel counts them for the whole namespace)"))
                    .append('\n');
        }
    }

    private static void append(StringBuilder out, Listener listener, TextStyle textStyle) {
        Endpoint local = listener.local();
        String name = local == null ? "of unknown address" : SafeText.of(local.text());
        out.append(textStyle.warn("listener " + name + ": accept queue full"));
        out.append(", ").append(TextFormat.number(orZero(listener.queue())));
        out.append(" of ").append(TextFormat.number(orZero(listener.limit())));
        Integer backlog = listener.backlog();
        if (backlog != null && !backlog.equals(listener.limit())) {
            out.append(" (backlog ").append(TextFormat.number(backlog)).append(", bounded by somaxconn)");
        }
        Long accepted = listener.accepted();
        if (accepted != null) {
            out.append("; accepted ").append(TextFormat.number(accepted)).append(" in all");
            Double rate = listener.acceptedPerSecond();
            if (rate != null) {
                out.append(", ").append(TextFormat.decimal(rate)).append(" a second now");
            }
        }
        out.append('\n');
    }

    private static long orZero(@Nullable Number figure) {
        return figure == null ? 0 : figure.longValue(); // a full queue has both
    }
}
