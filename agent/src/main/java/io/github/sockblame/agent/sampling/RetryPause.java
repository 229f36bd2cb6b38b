// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits between the two reads of a descriptor without a hook event, before it counts as untracked. */
final class RetryPause implements Runnable {

    private static final long MILLIS = 20;

    @Override
    public void run() {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait(); // parking does not wait then, and the flag is the program's
            } else {
                LockSupport.parkNanos(left);
            }
        }
    }
}
