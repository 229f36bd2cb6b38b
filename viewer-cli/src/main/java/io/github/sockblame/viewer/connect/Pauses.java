// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.util.concurrent.locks.LockSupport;

/** The time that passes between two looks at something. This is the machine's; in a test it passes at once, and something happens in it. */
class Pauses {

    /** The time in nanoseconds, as {@link System#nanoTime} has it. */
    long nanoTime() {
        return System.nanoTime();
    }

    /** Waits for about so many nanoseconds. */
    void pause(long nanos) {
        LockSupport.parkNanos(nanos);
    }
}
