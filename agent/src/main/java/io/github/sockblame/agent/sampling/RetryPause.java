// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits between two readings of something that may change soon. */
public final class RetryPause implements Runnable {

    /** Between the two reads of a descriptor without a hook event, before it counts as untracked. */
    static final int READING_MILLIS = 20;

    private final int millis;

    /** A pause of so many milliseconds. */
    public RetryPause(int millis) {
        this.millis = millis;
    }

    @Override
    public void run() {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
            Thread.onSpinWait(); // parking does not wait if the thread is interrupted, and the flag is the program's
        }
    }
}
