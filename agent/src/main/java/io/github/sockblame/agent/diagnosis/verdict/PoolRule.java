// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import io.github.sockblame.agent.capture.CallStack;
import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Separates idle connections of a pool, which the peer has closed and the pool has not noticed, from abandoned ones.
 * Alone, such a connection looks abandoned; its siblings, those with the same opening stack and the same remote address,
 * show the difference. A pool opens a connection only when it has none that is idle. So a later opening shows that an
 * idle connection is not in the pool: some code took it and did not return it.
 */
final class PoolRule {

    /**
     * The largest Recv-Q of a connection in which only the end is unread: the FIN, and before it a server's last
     * message. A close_notify has 24 bytes in TLS 1.3 and, as the JDK sends it, 31 in TLS 1.2 and 80 in TLS 1.3. A
     * database's last message, such as PostgreSQL's at its shutdown, has about a hundred. An unread HTTP answer is
     * usually longer.
     */
    private static final long MAX_CLOSING_BYTES = 160;

    /** A program may have so many pools of the same place to one address, each with one connection. */
    private static final int FEW_POOLS = 4;

    /** A thread may take so many connections at once, by design, that it opens them within this time. */
    private static final long BURST_MILLIS = 1000;

    /** Two threads may need a connection each at the same moment; with more, the evidence is even. */
    private static final int SEVERAL = 3;

    private final CulpritFinder culprits;
    private final ClosedSiblings closed;
    private final Map<Key, Siblings> groups = new HashMap<>();
    private final Map<Key, Idle> hosts = new HashMap<>();
    private final Map<CallStack, Opener> openers = new HashMap<>();

    PoolRule(CulpritFinder culprits, ClosedSiblings closed) {
        this.culprits = culprits;
        this.closed = closed;
    }

    /** Must be called for every socket first. */
    void count(JoinedSocket socket, Judgement judgement) {
        TrackedSocket tracked = socket.tracked();
        CapturedEvent opened = openingOf(socket);
        if (tracked == null || opened == null || !openerOf(opened.stack()).isPool()) {
            return; // the others have no siblings that matter, and may have a remote address each
        }
        Siblings siblings = groups.computeIfAbsent(new Key(opened.stack(), socket.remote()), key -> new Siblings());
        Idle ofHost = hosts.computeIfAbsent(hostKey(opened, socket), key -> new Idle());
        siblings.addOpening(opened.millis());
        ofHost.addOpening(opened.millis());
        if (isAtRest(socket, tracked, judgement)) {
            long restingSince = restingSince(tracked, judgement);
            siblings.addAtRest(opened, restingSince, isUsedByProgram(tracked));
            ofHost.addIdle(restingSince);
        }
    }

    /** The judgement, or another one that the siblings show. */
    Judgement apply(JoinedSocket socket, Judgement judgement) {
        TrackedSocket tracked = socket.tracked();
        CapturedEvent opened = openingOf(socket);
        if (tracked == null || opened == null || !isLeakAtRest(socket, tracked, judgement)) {
            return judgement;
        }
        Siblings siblings = groups.get(new Key(opened.stack(), socket.remote()));
        if (siblings == null) {
            return judgement; // of no pool
        }
        Opener opener = openerOf(opened.stack());
        SiblingFinding finding = siblings.finding;
        if (finding == null) {
            Idle ofHost = hosts.get(hostKey(opened, socket));
            finding = find(siblings, opener, socket.remote(), ofHost != null && ofHost.isPassedOver(0));
            siblings.finding = finding;
        }
        return judgement.with(finding, siblings.atRest > FEW_POOLS && !siblings.isBurst());
    }

    private SiblingFinding find(Siblings siblings, Opener opener, @Nullable Endpoint remote, boolean passedOverAtHost) {
        if (opener.fillsAhead()) {
            return siblings.usedByProgram > 1 ? SiblingFinding.LENT : SiblingFinding.OPENED_AHEAD;
        }
        ClosedSiblings.Closed gone = closed.of(culprits.culpritOrEntry(opener.stack()), remote);
        if (siblings.isPassedOver(gone.latestOpening())) {
            return SiblingFinding.PASSED_OVER;
        }
        if (siblings.atRest > 1 && siblings.isOneThread() && opener.isProgram() && gone.count() == 0) {
            return SiblingFinding.OPENED_BY_ONE_THREAD;
        }
        if (siblings.atRest >= SEVERAL && gone.count() == 0) {
            return SiblingFinding.NONE_CLOSED;
        }
        return passedOverAtHost ? SiblingFinding.PASSED_OVER_AT_HOST : SiblingFinding.AT_REST;
    }

    private static Key hostKey(CapturedEvent opened, JoinedSocket socket) {
        Endpoint remote = socket.remote();
        return new Key(opened.stack(), remote == null ? null : new Endpoint(remote.address(), 0));
    }

    private Opener openerOf(CallStack stack) {
        Opener known = openers.get(stack);
        if (known == null) {
            known = new Opener(
                    stack,
                    culprits.hasPoolFrame(stack.frames()),
                    culprits.isFilledAhead(stack.frames()),
                    culprits.hasCulprit(stack));
            openers.put(stack, known);
        }
        return known;
    }

    /**
     * Since when it is certainly idle: since its last use if the agent captured that, else since its end was seen, in
     * milliseconds since the epoch.
     */
    private static long restingSince(TrackedSocket socket, Judgement judgement) {
        CapturedEvent use = socket.lastUse();
        return use != null && use.millis() == socket.lastUsedMillis() ? use.millis() : judgement.sinceMillis();
    }

    private boolean isUsedByProgram(TrackedSocket socket) {
        CapturedEvent use = socket.lastUse();
        return use != null && culprits.hasCulprit(use.stack());
    }

    private static boolean isLeakAtRest(JoinedSocket socket, TrackedSocket tracked, Judgement judgement) {
        return (judgement.verdict() == Verdict.ABANDONED || judgement.verdict() == Verdict.DEAD_FD)
                && isAtRest(socket, tracked, judgement);
    }

    /** Returns whether its peer has closed it, whatever the patience, and no more than the end is unread. */
    private static boolean isAtRest(JoinedSocket socket, TrackedSocket tracked, Judgement judgement) {
        if (judgement.verdict() == Verdict.DEAD_FD) {
            return true;
        }
        boolean over = judgement.verdict() == Verdict.FRESH
                || judgement.verdict() == Verdict.FIN_SWALLOWED
                || judgement.verdict() == Verdict.ABANDONED;
        Long recvQ = socket.recvQ();
        return over
                && socket.state() == TcpState.CLOSE_WAIT
                && tracked.eofOrCloseNotify() == null
                && (recvQ == null || recvQ <= MAX_CLOSING_BYTES);
    }

    /** Accepted connections are in no pool. */
    private static @Nullable CapturedEvent openingOf(JoinedSocket socket) {
        TrackedSocket tracked = socket.tracked();
        return tracked == null || tracked.isAccepted() ? null : tracked.opened();
    }

    /** When connections were opened, and since when some of them are idle. */
    private static class Idle {
        private long latestOpening;
        private long firstIdle = Long.MAX_VALUE;

        void addOpening(long millis) {
            latestOpening = Math.max(latestOpening, millis);
        }

        void addIdle(long sinceMillis) {
            firstIdle = Math.min(firstIdle, sinceMillis);
        }

        /** Returns whether one of them, or the one that was opened at this time, was opened while another was idle. */
        boolean isPassedOver(long anotherOpening) {
            return Math.max(latestOpening, anotherOpening) > firstIdle;
        }
    }

    /** The connections of one opening stack to one remote address. */
    private static final class Siblings extends Idle {
        int atRest;
        int usedByProgram;
        private long firstOpening = Long.MAX_VALUE;
        private long lastOpening;
        private @Nullable String thread; // null if there are several
        private @Nullable SiblingFinding finding;

        void addAtRest(CapturedEvent opened, long restingSince, boolean lastUsedByProgram) {
            firstOpening = Math.min(firstOpening, opened.millis());
            lastOpening = Math.max(lastOpening, opened.millis());
            thread = atRest == 0 || opened.thread().equals(thread) ? opened.thread() : null;
            atRest++;
            addIdle(restingSince);
            usedByProgram += lastUsedByProgram ? 1 : 0;
        }

        /** Returns whether those at rest were opened together. */
        boolean isBurst() {
            return lastOpening - firstOpening < BURST_MILLIS;
        }

        boolean isOneThread() {
            return thread != null;
        }
    }

    /** What a stack shows of the code that opened a connection. */
    private record Opener(CallStack stack, boolean isPool, boolean fillsAhead, boolean isProgram) {}

    /** What siblings have in common. */
    private record Key(CallStack opening, @Nullable Endpoint remote) {

        // by hand, see io.github.sockblame.report.Endpoint
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && opening.equals(that.opening) && Objects.equals(remote, that.remote);
        }

        @Override
        public int hashCode() {
            return 31 * opening.hashCode() + Objects.hashCode(remote);
        }
    }
}
