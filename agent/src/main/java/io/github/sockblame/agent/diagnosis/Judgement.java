// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.kernel.InetRow;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.agent.ledger.Witness;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A verdict and how sure it is.
 *
 * @param sinceMillis since when the socket is known to be in its state, in milliseconds since the epoch; 0 if it has none
 */
record Judgement(Verdict verdict, Confidence confidence, long sinceMillis) {

    /**
     * Judges one socket. The rules stand in docs/diagnoses.md; the facts behind them were measured: a CLOSE_WAIT connection with
     * Recv-Q 1 or more has never been read to its end, and Recv-Q 0 alone does not prove that the program was told.
     */
    static Judgement of(JoinedSocket socket, long nowMillis, long graceMillis) {
        TrackedSocket tracked = socket.tracked();
        Judgement ofDescriptor =
                tracked == null || !socket.stable() ? null : ofDescriptor(tracked, nowMillis, graceMillis);
        if (ofDescriptor != null) {
            return ofDescriptor;
        }
        Witness toldOfEnd = tracked == null ? null : toldOfEnd(tracked);
        // in state CLOSE the connection is over on both sides or was never made; who was told of its end had one
        boolean dead = socket.state() == TcpState.CLOSE && toldOfEnd != null;
        if (!socket.stable()
                || socket.origin() == Origin.DUPLICATE
                || (socket.state() != TcpState.CLOSE_WAIT && !dead)) {
            return none(socket);
        }
        long since = toldOfEnd == null ? socket.sinceMillis() : Math.min(toldOfEnd.millis(), socket.sinceMillis());
        if (nowMillis - since < graceMillis) {
            return new Judgement(Verdict.FRESH, Confidence.CERTAIN, since);
        }
        if (toldOfEnd != null) {
            return new Judgement(Verdict.FORGOTTEN, Confidence.CERTAIN, since);
        }
        InetRow row = socket.row();
        if (row != null && row.recvQ() > 0) {
            return new Judgement(Verdict.ABANDONED, Confidence.PROBABLE, since);
        }
        return new Judgement(Verdict.FIN_SWALLOWED, Confidence.POSSIBLE, since);
    }

    private static Judgement none(JoinedSocket socket) {
        return new Judgement(Verdict.NONE, Confidence.CERTAIN, socket.sinceMillis());
    }

    private static @Nullable Witness toldOfEnd(TrackedSocket socket) {
        Witness endOfFile = socket.endOfFile();
        return endOfFile != null ? endOfFile : socket.endOfTls();
    }

    /** What is the matter with the descriptor whatever its TCP state; null if nothing is. */
    private static @Nullable Judgement ofDescriptor(TrackedSocket socket, long nowMillis, long graceMillis) {
        Witness opened = socket.opened();
        Witness closing = socket.closing();
        if (socket.isPreClosed()) {
            return null; // what the kernel shows is the JDK's marker, and a blocked thread is about to give the number
            // back
        }
        if (socket.isUnreachable()) {
            long since = closing != null ? closing.millis() : opened != null ? opened.millis() : nowMillis;
            return new Judgement(Verdict.COLLECTED, Confidence.CERTAIN, since);
        }
        if (closing != null) {
            boolean zombie = nowMillis - closing.millis() >= graceMillis;
            return new Judgement(zombie ? Verdict.ZOMBIE : Verdict.NONE, Confidence.CERTAIN, closing.millis());
        }
        if (socket.isWithoutOwner() && opened != null && nowMillis - opened.millis() >= graceMillis) {
            return new Judgement(Verdict.LOST, Confidence.CERTAIN, opened.millis());
        }
        return null;
    }
}
