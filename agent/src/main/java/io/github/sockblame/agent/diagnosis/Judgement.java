// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.kernel.TcpRow;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.agent.ledger.Witness;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;

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
        if (socket.state() != TcpState.CLOSE_WAIT) {
            return new Judgement(Verdict.NONE, Confidence.CERTAIN, socket.sinceMillis());
        }
        TrackedSocket tracked = socket.tracked();
        Witness endOfFile = tracked == null ? null : tracked.endOfFile();
        long since = endOfFile == null ? socket.sinceMillis() : Math.min(endOfFile.millis(), socket.sinceMillis());
        boolean closing = tracked != null && tracked.closing() != null;
        if (!socket.stable() || closing) {
            return new Judgement(Verdict.NONE, Confidence.CERTAIN, since);
        }
        if (nowMillis - since < graceMillis) {
            return new Judgement(Verdict.FRESH, Confidence.CERTAIN, since);
        }
        if (endOfFile != null) {
            return new Judgement(Verdict.FORGOTTEN, Confidence.CERTAIN, since);
        }
        TcpRow row = socket.row();
        if (row != null && row.recvQ() > 0) {
            return new Judgement(Verdict.ABANDONED, Confidence.PROBABLE, since);
        }
        return new Judgement(Verdict.FIN_SWALLOWED, Confidence.POSSIBLE, since);
    }
}
