// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The time that the watch thread goes by, and how it waits. This one is the JDK's; a test has one whose time it lets pass itself.
 * No static field holds one: after a detach no object of the agent's stays.
 */
class WatchClock implements LongSupplier {

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

    /** The same as {@link #nanoTime}, for those who need no more of a clock. */
    @Override
    public final long getAsLong() {
        return nanoTime();
    }
}
