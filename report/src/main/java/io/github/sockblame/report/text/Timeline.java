// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.Event;
import io.github.sockblame.report.Listener;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Site.Place;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The history of one socket in the order of time, and the parts of it that the agent did not see. */
final class Timeline {

    private static final String TOLD = "a read returned -1: the program was told that the peer closed";
    private static final String LAST_USE = "the last read or write that was witnessed";
    private static final String CLOSING = "close was asked for";
    private static final String LISTENER = "the listener that accepted it was opened";

    private final List<TimelineEntry> steps = new ArrayList<>();
    private final List<String> notSeen = new ArrayList<>();

    private Timeline() {}

    static Timeline of(Report report, Socket socket) {
        Timeline timeline = new Timeline();
        timeline.beginning(socket);
        timeline.end(socket);
        timeline.use(socket);
        timeline.states(report, socket);
        timeline.steps.sort(Comparator.comparing(Timeline::when));
        return timeline;
    }

    private static Instant when(TimelineEntry timelineEntry) {
        Instant at = timelineEntry.at();
        return at == null ? Instant.MAX : at;
    }

    /** The same for a site whose sockets are not in the report: without times. */
    static Timeline of(Site site) {
        Timeline timeline = new Timeline();
        timeline.add(site.listener(), LISTENER);
        timeline.add(site.opened(), site.listener() == null ? "opened" : "accepted");
        timeline.add(site.eof(), "the program was told that the peer closed");
        timeline.add(site.lastUse(), LAST_USE);
        timeline.add(site.closing(), CLOSING);
        timeline.add(site.current(), "where a thread stands now");
        return timeline;
    }

    List<TimelineEntry> steps() {
        return steps;
    }

    List<String> notSeen() {
        return notSeen;
    }

    private void add(@Nullable Place place, String what) {
        if (place != null) {
            steps.add(TimelineEntry.of(place, what));
        }
    }

    private boolean add(@Nullable Event event, String what) {
        if (event != null) {
            steps.add(TimelineEntry.of(event, what));
        }
        return event != null;
    }

    private void beginning(Socket socket) {
        boolean accepted = socket.origin() == Origin.ACCEPTED;
        boolean seen = add(socket.opened(), accepted ? "accepted" : "opened");
        if (!add(socket.listenerOpened(), LISTENER) && accepted) {
            notSeen.add("where the listener that accepted it was opened");
        }
        if (!seen) {
            notSeen.add(how(socket.origin()));
        }
    }

    private static String how(Origin origin) {
        return switch (origin) {
            case OPENED, ACCEPTED -> "where it was opened";
            case ADOPTED, BEFORE_AGENT -> "its opening, which was before the agent's";
            case NOT_SEEN -> "its opening, which was by native code";
            case DUPLICATE ->
                "its opening: it is one more descriptor of a socket that has another one, and is judged there";
        };
    }

    private void end(Socket socket) {
        boolean told = add(socket.eof(), TOLD);
        told |= add(socket.closeNotify(), "a read of TLS data told the program that the peer closed (close_notify)");
        if (!told && socket.protocol() == Protocol.TCP && socket.state() != TcpState.LISTEN) {
            notSeen.add("that the program was told of the peer's close");
        }
        if (!add(socket.closing(), CLOSING)) {
            notSeen.add("that anybody asked for its close");
        }
    }

    private void use(Socket socket) {
        Event witnessed = socket.lastUse();
        add(witnessed, LAST_USE);
        Instant last = socket.lastUsedAt();
        if (last != null && (witnessed == null || last.isAfter(witnessed.at()))) {
            steps.add(TimelineEntry.noticed(last, "read or written last; by whom was not seen"));
        } else if (last == null && witnessed == null && socket.state() != TcpState.LISTEN) {
            notSeen.add("who used it last (heeded only while some connection is in CLOSE-WAIT)");
        }
        add(socket.current(), "a thread is inside an operation on it");
    }

    private void states(Report report, Socket socket) {
        Instant since = socket.stateSince();
        TcpState state = socket.state();
        if (since != null) {
            steps.add(TimelineEntry.noticed(
                    since,
                    state == null || socket.verdict() == Verdict.UNACCEPTED
                            ? "since here it has been " + socket.verdict().word()
                            : "seen in " + state.ssName() + " for the first time; it may have been so earlier"));
        } else if (state != null) {
            notSeen.add("since when it is in " + state.ssName());
        }
        List<Listener> listeners = report.listeners();
        for (Listener listener : listeners == null ? List.<Listener>of() : listeners) {
            if (listener.fd() == socket.fd()) {
                listener(listener);
            }
        }
    }

    private void listener(Listener listener) {
        if (!add(listener.lastAccept(), "the latest accept from it")) {
            notSeen.add("that anybody accepted from it");
        }
        Instant full = listener.fullSince();
        if (full != null) {
            steps.add(TimelineEntry.noticed(
                    full,
                    listener.limit() == null
                            ? "in every look since here its accept queue was not empty"
                            : "in every look since here its accept queue was full to eight tenths or more"));
        }
    }
}
