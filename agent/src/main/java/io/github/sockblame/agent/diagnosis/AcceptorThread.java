// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.ledger.AcceptStats;
import io.github.sockblame.agent.ledger.CapturedEvent;
import org.jspecify.annotations.Nullable;

/**
 * The thread that accepted last from a listener.
 *
 * @param standing its present stack; null if unknown
 * @param why the reason if it is unknown, as a sentence; null otherwise
 */
public record AcceptorThread(
        @Nullable CapturedEvent standing, @Nullable String why) {

    private static final AcceptorThread UNSEEN =
            new AcceptorThread(null, "the acceptor is unknown: no accept was seen since the agent started");
    private static final AcceptorThread NOBODY = new AcceptorThread(null, "no thread has ever accepted from it");
    private static final AcceptorThread GONE = new AcceptorThread(null, "the thread that accepted last has ended");
    private static final AcceptorThread SILENT =
            new AcceptorThread(null, "the stack of the thread that accepted last could not be read");

    /** Captures its present stack, which stops that thread for a moment. */
    public static AcceptorThread of(@Nullable AcceptStats acceptStats) {
        if (acceptStats == null || !acceptStats.acceptSeen()) {
            return acceptStats != null && acceptStats.backlog() != null ? NOBODY : UNSEEN;
        }
        Thread thread = acceptStats.lastAcceptThread();
        if (thread == null) {
            return GONE;
        }
        try {
            CapturedEvent standing = CapturedEvent.currentStackOf(thread);
            return standing == null ? GONE : new AcceptorThread(standing, null);
        } catch (RuntimeException e) {
            return SILENT; // its class is the program's, or a security manager refuses
        }
    }
}
