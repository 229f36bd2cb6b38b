// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.util.concurrent.locks.LockSupport;

/** The clock and the pauses between two checks. A test replaces it by one without delays. */
class Pauses {

    /** The time in nanoseconds, as {@link System#nanoTime} has it. */
    long nanoTime() {
        return System.nanoTime();
    }

    /** Waits for about this number of nanoseconds. */
    void pause(long nanos) {
        LockSupport.parkNanos(nanos);
    }
}
