// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import io.github.sockblame.agent.capture.CapturedEvent;
import org.jspecify.annotations.Nullable;

/**
 * The thread that accepted last from a listener.
 *
 * @param standing its present stack; null if unknown
 * @param why the reason if it is unknown, as a sentence; null otherwise
 */
public record AcceptorThread(
        @Nullable CapturedEvent standing, @Nullable String why) {

    /** The agent saw no accept, and the listener may be older than the agent. */
    public static final AcceptorThread NOT_SEEN =
            new AcceptorThread(null, "the acceptor is unknown: no accept was seen since the agent started");

    /** The agent saw the listener from its beginning, and no accept. */
    public static final AcceptorThread NONE = new AcceptorThread(null, "no thread has ever accepted from it");

    /** The thread has ended. */
    public static final AcceptorThread ENDED = new AcceptorThread(null, "the thread that accepted last has ended");

    /** The thread's stack could not be read. */
    public static final AcceptorThread UNREADABLE =
            new AcceptorThread(null, "the stack of the thread that accepted last could not be read");
}
