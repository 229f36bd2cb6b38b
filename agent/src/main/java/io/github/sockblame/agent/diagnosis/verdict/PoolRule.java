// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import io.github.sockblame.agent.capture.CallStack;
import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.collection.LongList;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Separates idle connections of a pool, which the peer has closed and the pool has not noticed, from abandoned ones.
 * Alone, such a connection looks abandoned; its siblings, those with the same opening stack, show the difference. A
 * pool cannot hold more connections than it ever had open at once. If there are more, some code takes connections and
 * does not return them.
 */
final class PoolRule {

    /**
     * The largest Recv-Q of a connection in which only the end is unread: the FIN, and before it a server's last
     * message. A close_notify has 24 bytes in TLS 1.3 and, as the JDK sends it, 31 in TLS 1.2 and 80 in TLS 1.3. A
     * database's last message, such as PostgreSQL's at its shutdown, has about a hundred. An unread HTTP answer is
     * usually longer.
     */
    private static final long MAX_CLOSING_BYTES = 160;

    private final CulpritFinder culprits;
    private final PeakConnections earlier;
    private final Map<CallStack, Group> groups = new HashMap<>();

    /** The connections of one opening stack. */
    private static final class Group {
        int established;
        int mostAtOnce;

        @Nullable Boolean hasPoolFrame; // null until a connection at rest needs it

        final LongList openings = new LongList();
        final LongList ends = new LongList();

        void addAtRest(long opened, long ended) {
            openings.add(opened);
            ends.add(Math.max(opened, ended));
        }

        int atRest() {
            return ends.size();
        }

        /** The largest number of the idle ones that were established at the same time. */
        int mostAtOnce() {
            if (mostAtOnce > 0) {
                return mostAtOnce;
            }
            openings.sort();
            ends.sort();
            int ended = 0;
            for (int i = 0; i < openings.size(); i++) {
                while (ends.get(ended) < openings.get(i)) {
                    ended++;
                }
                mostAtOnce = Math.max(mostAtOnce, i + 1 - ended);
            }
            return mostAtOnce;
        }
    }

    PoolRule(CulpritFinder culprits, PeakConnections earlier) {
        this.culprits = culprits;
        this.earlier = earlier;
    }

    /** Must be called for every socket first. */
    void count(JoinedSocket socket, Judgement judgement) {
        CapturedEvent opened = openingOf(socket);
        if (opened == null) {
            return;
        }
        Group group = groups.computeIfAbsent(opened.stack(), stack -> new Group());
        if (socket.state() == TcpState.ESTABLISHED) {
            group.established++;
        } else if (isAtRest(socket, judgement)) {
            group.addAtRest(opened.millis(), judgement.sinceMillis());
        }
    }

    /** The judgement, or a milder one. */
    Judgement apply(JoinedSocket socket, Judgement judgement) {
        CapturedEvent opened = openingOf(socket);
        Group group = opened == null ? null : groups.get(opened.stack());
        if (opened == null || group == null || !isAtRest(socket, judgement)) {
            return judgement;
        }
        boolean lies = hasPoolFrame(group, opened.stack()) && group.atRest() <= mostEstablished(group, opened.stack());
        return lies ? new Judgement(Verdict.STALE, Confidence.POSSIBLE, judgement.sinceMillis()) : judgement;
    }

    private boolean hasPoolFrame(Group group, CallStack opening) {
        Boolean known = group.hasPoolFrame;
        if (known == null) {
            known = culprits.hasPoolFrame(opening.frames());
            group.hasPoolFrame = known;
        }
        return known;
    }

    private int mostEstablished(Group group, CallStack opening) {
        return Math.max(group.mostAtOnce(), Math.max(group.established, earlier.mostEstablished(opening)));
    }

    private static boolean isAtRest(JoinedSocket socket, Judgement judgement) {
        Long recvQ = socket.recvQ();
        return judgement.verdict() == Verdict.DEAD_FD
                || (judgement.verdict() == Verdict.ABANDONED && recvQ != null && recvQ <= MAX_CLOSING_BYTES);
    }

    /** Accepted connections are in no pool. */
    private static @Nullable CapturedEvent openingOf(JoinedSocket socket) {
        TrackedSocket tracked = socket.tracked();
        return tracked == null || tracked.isAccepted() ? null : tracked.opened();
    }
}
