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

    private static final String TOLD = "a read returned -1: the peer has closed";
    private static final String LAST_USE = "the last read or write that the agent saw";
    private static final String CLOSING = "close was requested";
    private static final String LISTENER = "the listener that accepted it was opened";

    private final List<TimelineEntry> steps = new ArrayList<>();
    private final List<String> notSeen = new ArrayList<>();

    private Timeline() {}

    static Timeline of(Report report, Socket socket) {
        Timeline timeline = new Timeline();
        timeline.addBeginning(socket);
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
        timeline.add(site.eof(), "the program read EOF");
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

    private void addBeginning(Socket socket) {
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
            case BEFORE_AGENT -> "its opening: it was opened before the agent started";
            case ADOPTED, BEFORE_HOOKS -> "its opening: it was opened before the agent's hooks were in place";
            case NOT_SEEN -> "its opening: native code opened it";
            case DUPLICATE -> "its opening: it is a duplicate of another descriptor, which has the verdict";
        };
    }

    private void end(Socket socket) {
        boolean told = add(socket.eof(), TOLD);
        told |= add(socket.closeNotify(), "a TLS read returned EOF: the peer sent close_notify");
        if (!told && socket.protocol() == Protocol.TCP && socket.state() != TcpState.LISTEN) {
            notSeen.add("a read that returned EOF");
        }
        if (!add(socket.closing(), CLOSING)) {
            notSeen.add("a close request");
        }
    }

    private void use(Socket socket) {
        Event witnessed = socket.lastUse();
        add(witnessed, LAST_USE);
        Instant last = socket.lastUsedAt();
        if (last != null && (witnessed == null || last.isAfter(witnessed.at()))) {
            steps.add(TimelineEntry.noticed(last, "last read or write; its thread was not seen"));
        } else if (last == null && witnessed == null && socket.state() != TcpState.LISTEN) {
            notSeen.add("its last use (recorded only while a connection is in CLOSE-WAIT)");
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
                            ? "since then it has been " + socket.verdict().word()
                            : "seen in " + state.ssName()
                                    + " for the first time; it may have been in this state earlier"));
        } else if (state != null) {
            notSeen.add("the time since which it is in " + state.ssName());
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
            notSeen.add("an accept from it");
        }
        Instant full = listener.fullSince();
        if (full != null) {
            steps.add(TimelineEntry.noticed(
                    full,
                    listener.limit() == null
                            ? "since then its accept queue was not empty in any sample"
                            : "since then its accept queue was at least 80 % full in each sample"));
        }
    }
}
