// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.join.StateTimes;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.TcpState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the sockets of one round to all observers, whether a whole reading found them or a sampling of the states. It
 * judges once for all of them which sockets are suspects.
 */
final class SamplingRound {

    private final LedgerView ledger;
    private final long graceMillis;
    private final List<RoundObserver> observers;
    private long now;
    private boolean anyInLeakState;

    SamplingRound(LedgerView ledger, long graceMillis, List<RoundObserver> observers) {
        this.ledger = ledger;
        this.graceMillis = graceMillis;
        this.observers = observers;
    }

    void begin(long nowMillis) {
        now = nowMillis;
        anyInLeakState = false;
        for (RoundObserver observer : observers) {
            observer.beginRound();
        }
    }

    /** Observes a tracked socket, which is in this state since these times. */
    void observe(TrackedSocket socket, @Nullable TcpState state, StateTimes times) {
        socket.recordReachability(now);
        long since = inLeakStateSince(socket, state, times);
        anyInLeakState |= since > 0;
        boolean suspect = since > 0 && now - since >= graceMillis;
        notifyObservers(socket, state, suspect ? now - since : RoundObserver.NO_SUSPECT);
        if (suspect) {
            ledger.markSuspect(socket);
        }
    }

    /** Observes a tracked socket that has no TCP state, or did not answer. */
    void observeWithoutState(TrackedSocket socket) {
        socket.recordReachability(now);
        anyInLeakState |= socket.eofOrCloseNotify() != null;
        if (ledger.at(socket.fd()) == socket) {
            notifyObservers(null, null, RoundObserver.NO_SUSPECT);
        }
    }

    /** Observes an untracked socket. */
    void observeUntracked(@Nullable TcpState state) {
        notifyObservers(null, state, RoundObserver.NO_SUSPECT);
    }

    void end() {
        for (RoundObserver observer : observers) {
            observer.endRound(now);
        }
        ledger.updateIoTracking(anyInLeakState);
    }

    private void notifyObservers(@Nullable TrackedSocket socket, @Nullable TcpState state, long suspectMillis) {
        for (RoundObserver observer : observers) {
            observer.observe(socket, state, suspectMillis);
        }
    }

    /** Since when a socket has been in the state of a leak, in milliseconds since the epoch; 0 if it is not. */
    private static long inLeakStateSince(TrackedSocket socket, @Nullable TcpState state, StateTimes times) {
        CapturedEvent eof = socket.eofOrCloseNotify();
        if (eof != null) {
            return eof.millis();
        }
        boolean over = state == TcpState.CLOSE_WAIT || (state == TcpState.CLOSE && times.connected());
        return over ? times.stateSince() : 0;
    }
}
