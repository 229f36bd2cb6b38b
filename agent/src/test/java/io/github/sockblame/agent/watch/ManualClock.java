// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A clock whose time passes only when the test says so, and only while the watch thread waits: what the thread does at a moment takes none. It
 * really parks, so that what wakes the real thread wakes this one.
 */
public final class ManualClock extends WatchClock {

    /** In real time, and only if a test fails. */
    private static final long PATIENCE_MILLIS = 20_000;

    private static final long NEVER = Long.MAX_VALUE;

    private long now;
    private long wakeIn = NEVER;
    private @Nullable Thread waiting;
    private boolean failing;

    /** Behind the machine's, by which stacks are dated, so that what happens now lies so far ahead. */
    public ManualClock(Duration behind) {
        now = System.nanoTime() - behind.toNanos();
    }

    @Override
    synchronized long nanoTime() {
        if (failing) {
            failing = false;
            throw new OutOfMemoryError("in the clock");
        }
        return now;
    }

    /** Makes the next reading of the clock fail. */
    synchronized void failNext() {
        failing = true;
    }

    @Override
    void park(Object blocker) {
        await(blocker, NEVER);
    }

    @Override
    void parkNanos(Object blocker, long nanos) {
        if (nanos > 0) {
            await(blocker, nanos);
        }
    }

    private void await(Object blocker, long nanos) {
        synchronized (this) {
            wakeIn = nanos;
            waiting = Thread.currentThread();
            notifyAll();
        }
        LockSupport.park(blocker);
        synchronized (this) {
            waiting = null;
        }
    }

    /** What the thread does now takes so long; for the thread itself. */
    public synchronized void spend(Duration time) {
        now += time.toNanos();
    }

    /** Lets so much time pass, and the thread do all that comes due, each at its moment. */
    synchronized void pass(Duration time) throws InterruptedException {
        awaitWait();
        for (long left = time.toNanos(); left > 0; ) {
            long step = Math.min(left, wakeIn);
            left -= step;
            now += step;
            wakeIn -= step;
            if (wakeIn > 0) {
                return; // it sleeps on
            }
            Thread sleeper = waiting;
            waiting = null;
            LockSupport.unpark(sleeper);
            long before = now;
            awaitWait();
            left -= now - before; // it has spent that
        }
    }

    /** Returns when the thread has done what is due and waits. */
    private void awaitWait() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (waiting == null) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("the thread does not come to wait");
            }
            wait(left);
        }
    }
}
