// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.log;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Errors of the agent's own threads. Those of hooks on the program's threads are counted in the probe; this class must not
 * name it, because it is needed before the probe is there.
 */
public final class InternalErrors {

    private static final AtomicLong COUNT = new AtomicLong();
    private static volatile @Nullable String last;

    private InternalErrors() {}

    /** Counts one. */
    public static void count(Throwable error) {
        COUNT.incrementAndGet();
        try {
            last = error.toString();
        } catch (Throwable again) {
            last = null;
        }
    }

    /** How many there were. */
    public static long count() {
        return COUNT.get();
    }

    /** The latest in one line. */
    public static @Nullable String last() {
        return last;
    }
}
