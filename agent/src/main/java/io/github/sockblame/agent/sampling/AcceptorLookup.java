// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.join.AcceptorThread;
import io.github.sockblame.agent.ledger.AcceptStats;
import org.jspecify.annotations.Nullable;

/** Finds the thread that accepted last from a listener, and its present stack. */
final class AcceptorLookup {

    private AcceptorLookup() {}

    /** Captures the present stack of the latest acceptor, which stops that thread for a moment. */
    static AcceptorThread find(@Nullable AcceptStats acceptStats) {
        if (acceptStats == null || !acceptStats.acceptSeen()) {
            return acceptStats != null && acceptStats.backlog() != null ? AcceptorThread.NONE : AcceptorThread.NOT_SEEN;
        }
        Thread thread = acceptStats.lastAcceptThread();
        if (thread == null) {
            return AcceptorThread.ENDED;
        }
        try {
            CapturedEvent standing = CapturedEvent.currentStackOf(thread);
            return standing == null ? AcceptorThread.ENDED : new AcceptorThread(standing, null);
        } catch (RuntimeException e) {
            return AcceptorThread.UNREADABLE; // its class is the program's, or a security manager refuses
        }
    }
}
