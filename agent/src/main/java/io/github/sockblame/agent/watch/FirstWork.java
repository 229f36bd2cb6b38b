// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.memory.ScarceHeap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Delays the first work of the watch thread while the heap is full. The first work loads and links classes, of the agent
 * and of the JDK. If that fails for a lack of memory in an initializer or in the linking of a lambda, the JVM never tries
 * it again (JVM specification, 5.5 and 5.4.3.6): the class stays broken, also for the program.
 *
 * <p>For the watch thread alone.
 */
final class FirstWork {

    /** A heap that is full for longer may be so for good, and then the agent is needed most. In nanoseconds. */
    static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private boolean ended;
    private boolean waiting;
    private long waitingSince;

    /**
     * Makes the work wait while the heap is full, but not longer than the patience.
     *
     * @param now as {@link WatchClock#nanoTime} has it
     * @param heap null if there are no sockets yet
     * @return whether it has to wait now
     */
    boolean delay(long now, @Nullable ScarceHeap heap) {
        if (ended || heap == null || !heap.isFull()) {
            return false;
        }
        if (!waiting) {
            waiting = true;
            waitingSince = now;
        }
        return now - waitingSince < PATIENCE;
    }

    /** The work has run once, whole. From now on nothing waits. */
    void end() {
        ended = true;
    }
}
