// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static io.github.sockblame.report.StackRole.CLOSING;
import static io.github.sockblame.report.StackRole.CURRENT;
import static io.github.sockblame.report.StackRole.EOF;
import static io.github.sockblame.report.StackRole.LAST_USE;
import static io.github.sockblame.report.StackRole.LISTENER;
import static io.github.sockblame.report.StackRole.OPENED;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A report with one site of one socket, of which some stacks are known, and its culprit.
 *
 * @param verdict the verdict of the site
 * @param known the roles of which a stack is known; the frame to blame is {@code com.acme.Code.<role>}
 * @param unblamed the roles of which there is a stack with frames of the JDK alone
 * @param culprit the role of the culprit
 */
public record SampleCulprit(Verdict verdict, Set<StackRole> known, Set<StackRole> unblamed, StackRole culprit) {

    /** The stack of each is at its index. */
    private static final List<StackRole> ROLES = List.of(StackRole.values());

    /** Each role is the culprit of one of them at least. */
    public static Stream<SampleCulprit> all() {
        Set<StackRole> every = EnumSet.allOf(StackRole.class);
        Set<StackRole> atRest = EnumSet.complementOf(EnumSet.of(CURRENT));
        return Stream.of(
                of(Verdict.STUCK, every, CURRENT),
                of(Verdict.HALF_CLOSED, every, CURRENT),
                of(Verdict.ZOMBIE, EnumSet.of(CURRENT, OPENED, CLOSING), CURRENT),
                of(Verdict.FORGOTTEN, atRest, EOF),
                of(Verdict.FORGOTTEN, EnumSet.of(EOF, OPENED), EOF),
                of(Verdict.ABANDONED, EnumSet.of(LAST_USE, OPENED, LISTENER), LAST_USE),
                of(Verdict.ABANDONED, EnumSet.of(OPENED, LISTENER), OPENED),
                of(Verdict.ZOMBIE, EnumSet.of(OPENED, CLOSING), OPENED),
                of(Verdict.ZOMBIE, EnumSet.of(CLOSING), CLOSING),
                of(Verdict.LOST, EnumSet.of(LISTENER), LISTENER),
                of(Verdict.UNACCEPTED, EnumSet.of(CURRENT, OPENED), OPENED),
                of(Verdict.UNACCEPTED, EnumSet.of(CURRENT), CURRENT),
                new SampleCulprit(Verdict.FORGOTTEN, EnumSet.of(OPENED), EnumSet.of(EOF), OPENED));
    }

    private static SampleCulprit of(Verdict verdict, Set<StackRole> known, StackRole culprit) {
        return new SampleCulprit(verdict, known, Set.of(), culprit);
    }

    /** The culprit's frame as text. */
    public String frame() {
        return frame(culprit).text();
    }

    /** The report with the site as number 1. */
    public Report report() {
        List<Stack> stacks = new ArrayList<>();
        for (StackRole role : ROLES) {
            Frame own = unblamed.contains(role) ? new Frame("java.lang.Object", role.name(), null, 7) : frame(role);
            stacks.add(new Stack(
                    List.of(new Frame("java.net.Socket", "call", null, 1), own),
                    unblamed.contains(role) ? -1 : 1,
                    null));
        }
        Site site = SampleSite.of(verdict)
                .current(place(CURRENT))
                .eof(place(EOF))
                .lastUse(place(LAST_USE))
                .opened(place(OPENED))
                .closing(place(CLOSING))
                .listener(place(LISTENER))
                .build();
        Socket socket = SampleSocket.tcp(7, TcpState.CLOSE_WAIT)
                .current(event(CURRENT))
                .eof(event(EOF))
                .lastUse(event(LAST_USE))
                .opened(event(OPENED))
                .closing(event(CLOSING))
                .listenerOpened(event(LISTENER))
                .judged(verdict, Confidence.PROBABLE, 1)
                .build();
        return SampleReports.leaking(site)
                .stacks(stacks.toArray(Stack[]::new))
                .sockets(socket)
                .build();
    }

    private static Frame frame(StackRole role) {
        return new Frame("com.acme.Code", role.name(), "Code.java", 41);
    }

    private Site.@Nullable Place place(StackRole role) {
        return isThere(role) ? new Site.Place(ROLES.indexOf(role), 1, List.of(), 0) : null;
    }

    private @Nullable Event event(StackRole role) {
        return isThere(role) ? new Event(SampleReports.NOW.minusSeconds(30), "main", ROLES.indexOf(role)) : null;
    }

    private boolean isThere(StackRole role) {
        return known.contains(role) || unblamed.contains(role);
    }
}
