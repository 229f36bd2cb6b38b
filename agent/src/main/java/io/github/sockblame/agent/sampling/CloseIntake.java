// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.MonotonicClock;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.diagnosis.verdict.ClosedSiblings;
import io.github.sockblame.agent.diagnosis.verdict.PlaceCloseStats;
import io.github.sockblame.agent.join.ClosedConnection;
import io.github.sockblame.agent.ledger.ClosedSocketSample;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TrackedSocket;
import java.util.List;

/**
 * Takes the closed sockets from the ledger, or a sample of them, and keeps what reports need of them.
 *
 * <p>Only {@link SocketSampler} fills it, in its lock. Reports may read it at the same time.
 */
public final class CloseIntake {

    private final LedgerView ledger;
    private final StateHistory history;
    private final long graceMillis;
    private final CloseStats closeStats;
    private final RecentlyClosed recentlyClosed = new RecentlyClosed();

    CloseIntake(LedgerView ledger, StateHistory history, CulpritFinder culprits, long graceMillis) {
        this.ledger = ledger;
        this.history = history;
        this.graceMillis = graceMillis;
        this.closeStats = new CloseStats(culprits);
        ledger.addStackHolder(recentlyClosed);
    }

    /** Records the sockets that the program has closed since the last time. */
    void drain() {
        long now = MonotonicClock.millis();
        ledger.prepareAddressReaders();
        ClosedSocketSample.Batch batch = ledger.drainClosed(CloseStats.MAX_PER_ROUND);
        CloseStats.Suspicion suspicion = new CloseStats.Suspicion() {
            @Override
            public long of(TrackedSocket socket) {
                return suspectedSince(socket, now);
            }
        };
        closeStats.add(batch, suspicion, now);
        recentlyClosed.add(batch, now);
    }

    /**
     * Since when a closed socket was in the state of a leak, if that was for longer than the grace period; otherwise 0.
     */
    private long suspectedSince(TrackedSocket socket, long nowMillis) {
        CapturedEvent eof = socket.eofOrCloseNotify();
        long since = eof != null ? eof.millis() : history.inCloseWaitSince(socket.fd(), socket);
        CapturedEvent closing = socket.closing();
        long closed = closing == null ? nowMillis : closing.millis();
        return since > 0 && closed - since >= graceMillis ? since : 0;
    }

    /** The figures of closed connections by opening place. */
    public PlaceCloseStats stats() {
        return closeStats.snapshot();
    }

    /** The figures of closed connections by opening place and remote address. */
    public ClosedSiblings siblings() {
        return closeStats.siblings();
    }

    /** The connections that were closed so recently that the kernel may have a row for them, the earliest first. */
    public List<ClosedConnection> recent() {
        return recentlyClosed.all();
    }
}
