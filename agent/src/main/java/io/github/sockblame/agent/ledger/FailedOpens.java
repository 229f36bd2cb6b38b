// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.agent.capture.NoAction;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The latest reason why a socket was not opened or accepted, until it is taken. The program's threads write it; a
 * program may fail in a tight loop.
 */
public final class FailedOpens {

    private volatile @Nullable String reason;
    private volatile Runnable listener = NoAction.INSTANCE;

    FailedOpens() {}

    /**
     * Sets a listener for the first failure after each {@link #take}. It runs in the program's thread and must be
     * quick.
     */
    public void onFirst(Runnable newListener) {
        listener = newListener;
    }

    void add(Throwable why) {
        if (reason != null || why instanceof SocketTimeoutException) {
            return;
        }
        String message = why.getMessage();
        if (message != null) {
            reason = message;
            listener.run();
        }
    }

    /**
     * Returns the JDK's message of the latest failure, in the language of the C library; null if there was none since
     * the last call.
     */
    public @Nullable String take() {
        String latest = reason;
        reason = null;
        return latest;
    }
}
