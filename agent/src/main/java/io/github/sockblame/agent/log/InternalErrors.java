// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.log;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Errors of the agent's own threads. The probe counts those of hooks on the program's threads. This class must not name
 * the probe, because it is needed before the probe is installed.
 */
public final class InternalErrors {

    private static final AtomicLong COUNT = new AtomicLong();
    private static volatile @Nullable String last;

    private InternalErrors() {}

    /** Counts one. */
    public static void count(Throwable error) {
        COUNT.incrementAndGet();
        last = ErrorText.of(error);
    }

    /** Counts one, but throws nothing: not even a lack of memory for the count ends the caller. */
    public static void countIfPossible(Throwable error) {
        try {
            count(error);
        } catch (Throwable again) {
            // there is no memory for its text
        }
    }

    /**
     * Counts an error of a read or write, unless a security manager of JDK 17 to 23 refused it: that is reported
     * elsewhere.
     */
    public static void countUnlessRefused(Exception error) {
        if (error instanceof RuntimeException && !(error instanceof SecurityException)) {
            count(error);
        }
    }

    /**
     * Returns whether the error is temporary: a full stack, no memory, or a stopped thread. The next try
     * may succeed, so it proves nothing.
     */
    public static boolean isTransient(Throwable error) {
        return error instanceof VirtualMachineError || isThreadDeath(error);
    }

    /** Rethrows an error that is no reason to give up. */
    public static void rethrowIfTransient(Throwable error) {
        if (isTransient(error)) {
            throw (Error) error;
        }
    }

    /**
     * Returns whether this was thrown into the thread from outside: by {@code Thread.stop}, which JDK 17 to 19 have, or
     * by a debugger. It compares names, because a later JDK may have no such class.
     */
    public static boolean isThreadDeath(Throwable error) {
        return error.getClass().getName().equals("java.lang.ThreadDeath");
    }

    /** The number of errors. */
    public static long total() {
        return COUNT.get();
    }

    /** The latest in one line; null if there was none. */
    public static @Nullable String last() {
        return last;
    }
}
