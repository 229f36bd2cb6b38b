// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * That sockets were not made or accepted: the latest reason, until somebody takes it. Written by the program's threads; a program may try in
 * vain as fast as it can.
 */
public final class FailedOpens {

    private static final Runnable NOBODY = new Runnable() {
        @Override
        public void run() {}
    };

    private volatile @Nullable String reason;
    private volatile Runnable listener = NOBODY;

    FailedOpens() {}

    /** Has this run by the program's thread when the first one comes after the last was taken. It must be quick. */
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

    /** What the JDK said of the latest, in the language of the C library; null if there was none since the last call. */
    public @Nullable String take() {
        String latest = reason;
        reason = null;
        return latest;
    }
}
