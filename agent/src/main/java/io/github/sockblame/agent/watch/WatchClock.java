// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The watch thread's clock and waiting. This one is the JDK's; a test has one with a time of its own. No static field
 * holds one, because no object of the agent stays after a detach.
 */
public class WatchClock implements LongSupplier {

    /** The time in nanoseconds, as {@link System#nanoTime} has it. */
    long nanoTime() {
        return System.nanoTime();
    }

    /** Waits until the thread is unparked; it may return sooner. */
    void park(Object blocker) {
        LockSupport.park(blocker);
    }

    /** Waits until the thread is unparked, but no longer than so many nanoseconds; it may return sooner. */
    void parkNanos(Object blocker, long nanos) {
        LockSupport.parkNanos(blocker, nanos);
    }

    /** The same as {@link #nanoTime}, for users that need no more of a clock. */
    @Override
    public final long getAsLong() {
        return nanoTime();
    }
}
