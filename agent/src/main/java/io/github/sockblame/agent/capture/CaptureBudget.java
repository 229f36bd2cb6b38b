// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The processor time that the capture of stacks may use in the long run: a part of one core. Unused time is saved for
 * later, up to {@value #SAVED_SECONDS} seconds' worth of it, so that there is enough for a burst after a quiet time.
 *
 * <p>The state is one number, the time at which all spent time is paid off (the "generic cell rate algorithm"). The
 * program's threads add to it without a lock.
 */
final class CaptureBudget {

    static final int SAVED_SECONDS = 5;

    private static final long BURST = TimeUnit.SECONDS.toNanos(SAVED_SECONDS);

    /** A walk that took longer was interrupted: the kernel gave the processor to another thread. */
    private static final long MAX_CAPTURE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** The cost of a stack of about thirty frames. */
    private static final long FIRST_GUESS = TimeUnit.MICROSECONDS.toNanos(5);

    private static final int SMOOTHING = 64;

    private final long nanosPerNano;
    private final AtomicLong theoreticalArrival;
    private volatile long averageCost = FIRST_GUESS; // two threads that write at once leave the value of one

    /**
     * Begins with the largest amount that can be saved.
     *
     * @param share part of one core, more than 0; 1 or more is no limit
     */
    CaptureBudget(double share, long nanos) {
        this.nanosPerNano = share >= 1 ? 0 : Math.round(1 / share);
        this.theoreticalArrival = new AtomicLong(nanos - BURST);
    }

    /** Returns whether there is no limit. */
    boolean isUnlimited() {
        return nanosPerNano == 0;
    }

    /**
     * Pays for a captured stack.
     *
     * @param walk how long the capture took, in nanoseconds
     * @param nanos the time, as {@link System#nanoTime} has it
     * @return what is left, in nanoseconds until it would have been saved; negative if too much is spent
     */
    long spend(long walk, long nanos) {
        if (isUnlimited()) {
            return BURST;
        }
        long counted = Math.min(walk, MAX_CAPTURE_NANOS);
        long usual = averageCost;
        averageCost = usual + (counted - usual) / SMOOTHING;
        long cost = counted * nanosPerNano;
        long until = theoreticalArrival.get();
        long least = nanos - BURST;
        if (until < least && theoreticalArrival.compareAndSet(until, least + cost)) {
            return BURST - cost;
        }
        return nanos - theoreticalArrival.addAndGet(cost);
    }

    /** What is left, as in {@link #spend}. */
    long remaining(long nanos) {
        return isUnlimited() ? BURST : Math.min(BURST, nanos - theoreticalArrival.get());
    }

    /** Returns whether most of what can be saved is left. */
    boolean isMostlyFree(long nanos) {
        return remaining(nanos) > BURST / 2;
    }

    /** The number of stacks, at the cost of the latest ones, that the budget allows in so many nanoseconds. */
    long affordableIn(long nanos) {
        return isUnlimited() ? Long.MAX_VALUE : nanos / Math.max(1, averageCost * nanosPerNano);
    }
}
