// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.kernel.net.TcpRow;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Judges one TCP connection by itself. The rules are in docs/diagnoses.md. The facts behind them were measured: a
 * CLOSE_WAIT connection with Recv-Q 1 or more has never been read to its end, and Recv-Q 0 alone does not prove that
 * the program read EOF.
 */
final class ConnectionRules {

    /**
     * The kernel doubles the wait with each retransmit, from 200 ms on: three in a row are no accident of the network.
     */
    private static final long MANY_RETRANSMITS = 3;

    /** A single probe may be lost; each answer sets the count back to 0. */
    private static final long MANY_PROBES = 2;

    /* The column tr of /proc/net/tcp. */
    private static final int RETRANSMIT = 1;
    private static final int ZERO_WINDOW_PROBE = 4;

    private final Waiting waiting;
    private final PlaceHistory places;
    private JoinedSocket socket;
    private @Nullable CapturedEvent toldOfEnd;
    private @Nullable TcpRow row;

    /** Begins with this socket; one object judges all sockets of a reading, one after the other. */
    ConnectionRules(JoinedSocket socket, Waiting waiting, PlaceHistory places) {
        this.socket = socket;
        this.waiting = waiting;
        this.places = places;
    }

    /** Judges this socket, which is in this state. */
    Judgement judge(JoinedSocket newSocket, TcpState state) {
        socket = newSocket;
        TrackedSocket tracked = newSocket.tracked();
        toldOfEnd = tracked == null ? null : tracked.eofOrCloseNotify();
        row = newSocket.tcpRow();
        long since = socket.sinceMillis();
        return switch (state) {
            case CLOSE_WAIT -> judgeCloseWait();
            case CLOSE -> judgeClosed();
            case ESTABLISHED -> judgeEstablished();
            case SYN_SENT -> verdictAfterGrace(Verdict.CONNECTING, Confidence.CERTAIN, since);
            case FIN_WAIT2 -> verdictAfterGrace(Verdict.HALF_CLOSED, Confidence.POSSIBLE, since);
            case FIN_WAIT1, CLOSING, LAST_ACK ->
                isPeerUnresponsive() ? verdictAfterGrace(Verdict.PEER_SILENT, Confidence.PROBABLE, since) : noVerdict();
            case LISTEN, SYN_RECV, TIME_WAIT -> noVerdict();
        };
    }

    private Judgement judgeCloseWait() {
        long since = sinceToldOrSeen();
        if (!waiting.isGraceOver(since)) {
            return new Judgement(Verdict.FRESH, Confidence.CERTAIN, since);
        }
        if (row != null && row.sendQ() > 0) {
            return judgeUnsent(since);
        }
        long used = usedAfterEnd(since);
        if (used > 0 && !waiting.isPatienceOver(used)) {
            return new Judgement(Verdict.HALF_CLOSED, Confidence.CERTAIN, since);
        }
        boolean patienceOver = isPatienceOver(since);
        if (socket.activeThread() != null) {
            return new Judgement(patienceOver ? Verdict.STUCK : Verdict.FRESH, Confidence.CERTAIN, since);
        }
        if (toldOfEnd != null && patienceOver) {
            return new Judgement(Verdict.FORGOTTEN, confidenceOfForgotten(since, used > 0), since);
        }
        if (patienceOver) {
            return new Judgement(Verdict.ABANDONED, confidenceOfAbandoned(since), since);
        }
        Long recvQ = socket.recvQ();
        return toldOfEnd == null && (recvQ == null || recvQ == 0)
                ? new Judgement(Verdict.FIN_SWALLOWED, Confidence.POSSIBLE, since)
                // a slow reader, a pool at rest, or a program that is busy with an answer
                : new Judgement(Verdict.FRESH, Confidence.CERTAIN, since);
    }

    /**
     * A server may work for long on the answer for a client that has left, and reads nothing meanwhile. On a socket that
     * the agent does not track, and in native code, it does not see a write of that answer either.
     */
    private Confidence confidenceOfAbandoned(long since) {
        TrackedSocket tracked = socket.tracked();
        boolean mayBeAtWork = tracked == null || tracked.isAccepted() || tracked.isNativeIo();
        return mayBeAtWork && !waiting.isLong(since) ? Confidence.POSSIBLE : Confidence.PROBABLE;
    }

    /**
     * The time alone proves nothing: a server may work for long on its answer. The thread that read the EOF shows more,
     * if it has left the code that read it. After ten times the patience, time is enough.
     */
    private Confidence confidenceOfForgotten(long since, boolean usedAfterEof) {
        TrackedSocket tracked = socket.tracked();
        if (usedAfterEof || (tracked != null && tracked.isNativeIo())) {
            return Confidence.PROBABLE;
        }
        boolean isLong = waiting.isLong(since);
        return switch (socket.eofReader()) {
            case GONE -> Confidence.CERTAIN;
            case THERE -> isLong ? Confidence.PROBABLE : Confidence.POSSIBLE;
            case UNKNOWN -> isLong ? Confidence.CERTAIN : Confidence.PROBABLE;
        };
    }

    /** Returns whether neither the patience nor the place's own longest late close is a reason to wait. */
    private boolean isPatienceOver(long since) {
        return waiting.isPatienceOver(since)
                && (waiting.isLong(since) || waiting.since(since) > places.longestLateMillis(socket));
    }

    /** The peer has closed its half, and the kernel still has data for it. */
    private Judgement judgeUnsent(long since) {
        if (isPeerUnresponsive()) {
            return new Judgement(Verdict.PEER_SILENT, Confidence.PROBABLE, since);
        }
        long sendQSince = socket.history().sendQSince();
        if (sendQSince > 0 && waiting.isPatienceOver(sendQSince)) {
            return new Judgement(
                    Verdict.STUCK, socket.activeThread() == null ? Confidence.PROBABLE : Confidence.CERTAIN, since);
        }
        return new Judgement(Verdict.HALF_CLOSED, Confidence.POSSIBLE, since);
    }

    /**
     * A connection in state CLOSE is over on both sides, or was never established. If the program read EOF, it was
     * established.
     */
    private Judgement judgeClosed() {
        if (toldOfEnd != null) {
            long since = sinceToldOrSeen();
            return isPatienceOver(since)
                    ? new Judgement(Verdict.FORGOTTEN, confidenceOfForgotten(since, false), since)
                    : new Judgement(Verdict.FRESH, Confidence.CERTAIN, since);
        }
        boolean wasConnected = socket.history().connected() || socket.origin() == Origin.ACCEPTED;
        long since = socket.sinceMillis();
        return wasConnected && isPatienceOver(since)
                ? new Judgement(Verdict.DEAD_FD, Confidence.PROBABLE, since)
                : noVerdict();
    }

    private Judgement judgeEstablished() {
        long sendQSince = socket.history().sendQSince();
        if (isPeerUnresponsive()) {
            return new Judgement(
                    Verdict.PEER_SILENT, Confidence.PROBABLE, sendQSince > 0 ? sendQSince : socket.sinceMillis());
        }
        boolean writing = socket.activeThread() != null && socket.activeThread().writing();
        // after that long, because the kernel announces room to a sender in large steps only: the Send-Q of a slow
        // consumer is unchanged for a while
        boolean windowClosed = row != null && row.timer() == ZERO_WINDOW_PROBE;
        if (sendQSince > 0 && waiting.isPatienceOver(sendQSince) && (writing || windowClosed)) {
            return new Judgement(Verdict.STUCK, writing ? Confidence.CERTAIN : Confidence.PROBABLE, sendQSince);
        }
        long quietSince = socket.history().quietSince();
        if (quietSince > 0 && waiting.isIdle(quietSince)) {
            return new Judgement(Verdict.IDLE, Confidence.POSSIBLE, quietSince);
        }
        return noVerdict();
    }

    /** Returns whether the peer answers neither data nor probes. */
    private boolean isPeerUnresponsive() {
        if (row == null) {
            return false;
        }
        return (row.timer() == RETRANSMIT && row.retransmits() >= MANY_RETRANSMITS) || row.probes() >= MANY_PROBES;
    }

    /** The program's last use after the peer had closed, in milliseconds since the epoch; 0 if the agent saw none. */
    private long usedAfterEnd(long since) {
        TrackedSocket tracked = socket.tracked();
        long used = tracked == null ? 0 : tracked.lastUsedMillis();
        long end = toldOfEnd == null ? since : toldOfEnd.millis();
        return used > end ? used : 0;
    }

    private long sinceToldOrSeen() {
        return toldOfEnd == null ? socket.sinceMillis() : Math.min(toldOfEnd.millis(), socket.sinceMillis());
    }

    /** This verdict, if it has lasted for the grace period. */
    private Judgement verdictAfterGrace(Verdict verdict, Confidence confidence, long since) {
        return waiting.isGraceOver(since) ? new Judgement(verdict, confidence, since) : noVerdict();
    }

    private Judgement noVerdict() {
        return new Judgement(Verdict.NONE, Confidence.CERTAIN, socket.sinceMillis());
    }
}
