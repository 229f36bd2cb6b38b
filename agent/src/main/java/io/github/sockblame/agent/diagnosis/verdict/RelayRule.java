// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.collection.LongList;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.kernel.net.InetRow;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes the relay: a program that passes on what it reads from one connection to another. It has read the EOF of
 * one half, and keeps that half open while the other one is open.
 */
final class RelayRule {

    /** A relay passes the EOF on at once; a round sees that some time later. */
    private static final long ROUNDS_MILLIS = 2500;

    private final Waiting waiting;
    private final List<JoinedSocket> sockets;

    private @Nullable List<JoinedSocket> halves;
    private @Nullable Map<Endpoint, JoinedSocket> byLocal;

    private final Map<String, LongList> openedByThread = new HashMap<>();

    RelayRule(Waiting waiting, List<JoinedSocket> sockets) {
        this.waiting = waiting;
        this.sockets = sockets;
    }

    /** The judgement, or HALF CLOSED if it is the ended half of a relay. */
    Judgement apply(JoinedSocket socket, Judgement judgement) {
        TrackedSocket tracked = socket.tracked();
        CapturedEvent eof = tracked == null ? null : tracked.eofOrCloseNotify();
        if (judgement.verdict() != Verdict.FORGOTTEN
                || socket.state() != TcpState.CLOSE_WAIT
                || tracked == null
                || eof == null) {
            return judgement;
        }
        boolean passedOn = isPassedOn(tracked, eof); // first, because it finds the busy ones as well
        return passedOn || hasBusyHalf(tracked, eof)
                ? new Judgement(Verdict.HALF_CLOSED, Confidence.PROBABLE, judgement.sinceMillis())
                : judgement;
    }

    /** Returns whether the program shut down the output of another connection when it read this EOF. */
    private boolean isPassedOn(TrackedSocket ended, CapturedEvent eof) {
        for (JoinedSocket half : halves()) {
            long after = half.sinceMillis() - eof.millis();
            if (after >= 0
                    && after <= ROUNDS_MILLIS
                    && isAccepted(half) != ended.isAccepted()
                    && !isCause(half, ended)) {
                return true;
            }
        }
        return false;
    }

    /** A relay accepts one half and opens the other one. */
    private static boolean isAccepted(JoinedSocket half) {
        TrackedSocket tracked = half.tracked();
        return tracked != null && tracked.isAccepted();
    }

    /**
     * Returns whether the other end of this half is the ended connection, or one that the same code opened: then the
     * program did not pass the EOF on, but caused it, as a test does with its own server.
     */
    private boolean isCause(JoinedSocket half, TrackedSocket ended) {
        JoinedSocket peer = peerOf(half);
        TrackedSocket tracked = peer == null ? null : peer.tracked();
        CapturedEvent opened = tracked == null ? null : tracked.opened();
        CapturedEvent openedBefore = ended.opened();
        return tracked == ended
                || (opened != null && openedBefore != null && opened.stack().equals(openedBefore.stack()));
    }

    /** The other end of this connection, if it is in this process too. */
    private @Nullable JoinedSocket peerOf(JoinedSocket half) {
        Map<Endpoint, JoinedSocket> known = byLocal;
        if (known == null) {
            known = new HashMap<>();
            for (JoinedSocket socket : sockets) {
                InetRow row = socket.row();
                if (row != null && socket.state() != TcpState.LISTEN) {
                    known.put(row.local(), socket);
                }
            }
            byLocal = known;
        }
        Endpoint remote = half.remote();
        return remote == null ? null : known.get(remote);
    }

    /** Returns whether the thread that read the EOF of this accepted connection had opened one that still moves bytes. */
    private boolean hasBusyHalf(TrackedSocket tracked, CapturedEvent eof) {
        CapturedEvent accepted = tracked.opened();
        if (accepted == null || !tracked.isAccepted()) {
            return false;
        }
        LongList openings = openedByThread.get(eof.thread());
        for (int i = 0; openings != null && i < openings.size(); i++) {
            if (openings.get(i) >= accepted.millis() && openings.get(i) <= eof.millis()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The connections whose output the program has shut down, and whose peer has not closed. One pass over all
     * sockets, at the first need.
     */
    private List<JoinedSocket> halves() {
        List<JoinedSocket> known = halves;
        if (known != null) {
            return known;
        }
        known = new ArrayList<>();
        for (JoinedSocket socket : sockets) {
            TcpState state = socket.state();
            if ((state == TcpState.FIN_WAIT1 || state == TcpState.FIN_WAIT2) && isOpenForProgram(socket)) {
                known.add(socket);
            } else if (state == TcpState.ESTABLISHED) {
                addBusy(socket);
            }
        }
        halves = known;
        return known;
    }

    private static boolean isOpenForProgram(JoinedSocket socket) {
        TrackedSocket tracked = socket.tracked();
        return tracked != null && tracked.closing() == null;
    }

    private void addBusy(JoinedSocket socket) {
        TrackedSocket tracked = socket.tracked();
        CapturedEvent opened = tracked == null || tracked.isAccepted() ? null : tracked.opened();
        long quietSince = socket.history().quietSince();
        if (opened != null && quietSince > 0 && !waiting.isPatienceOver(quietSince)) {
            openedByThread
                    .computeIfAbsent(opened.thread(), name -> new LongList())
                    .add(opened.millis());
        }
    }
}
