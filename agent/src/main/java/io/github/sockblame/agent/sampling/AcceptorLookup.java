// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.join.AcceptorThread;
import io.github.sockblame.agent.ledger.AcceptStats;
import io.github.sockblame.agent.ledger.LedgerView;
import org.jspecify.annotations.Nullable;

/** Finds the thread that accepted last from a listener, and its present stack. */
final class AcceptorLookup {

    private AcceptorLookup() {}

    /** Captures the present stack of the latest acceptor, which stops that thread for a moment. */
    static AcceptorThread find(@Nullable AcceptStats acceptStats, IoThreadLookup threads, LedgerView ledger) {
        if (acceptStats == null || !acceptStats.acceptSeen()) {
            return acceptStats != null && acceptStats.backlog() != null ? AcceptorThread.NONE : AcceptorThread.NOT_SEEN;
        }
        Thread thread = acceptStats.lastAcceptThread();
        if (thread == null) {
            return AcceptorThread.ENDED;
        }
        StackTraceElement[] frames = threads.stackOf(thread);
        if (frames == null) {
            return AcceptorThread.UNREADABLE;
        }
        return thread.isAlive() ? new AcceptorThread(ledger.presentAction(thread, frames), null) : AcceptorThread.ENDED;
    }
}
