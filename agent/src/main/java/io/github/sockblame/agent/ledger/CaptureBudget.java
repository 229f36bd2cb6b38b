// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the processor the taking of stacks may take, in the long run: a part of one core. What is not used is saved for later, up to
 * {@value #SAVED_SECONDS} seconds' worth of it, so that a burst after a quiet time is afforded.
 *
 * <p>Kept as one number, the time at which all that was spent is paid off (the "generic cell rate algorithm"), to which the program's threads
 * add without a lock.
 */
final class CaptureBudget {

    static final int SAVED_SECONDS = 5;

    private static final long BURST = TimeUnit.SECONDS.toNanos(SAVED_SECONDS);

    /** A walk that took longer was not walking all the time: the kernel gave the processor to another thread. */
    private static final long LONGEST_WALK = TimeUnit.MICROSECONDS.toNanos(200);

    /** What a stack of some thirty frames costs. */
    private static final long FIRST_GUESS = TimeUnit.MICROSECONDS.toNanos(5);

    private static final int SMOOTHING = 64;

    private final long nanosPerNano;
    private final AtomicLong theoreticalArrival;
    private volatile long averageCost = FIRST_GUESS; // two threads that write at once leave one of theirs

    /**
     * Begins with all that can be saved.
     *
     * @param share part of one core, more than 0; 1 or more is no limit
     */
    CaptureBudget(double share, long nanos) {
        this.nanosPerNano = share >= 1 ? 0 : Math.round(1 / share);
        this.theoreticalArrival = new AtomicLong(nanos - BURST);
    }

    /** Whether everything is afforded. */
    boolean isUnlimited() {
        return nanosPerNano == 0;
    }

    /**
     * A stack was taken.
     *
     * @param walk how long it took, in nanoseconds
     * @param nanos the time, as {@link System#nanoTime} has it
     * @return what is left, in nanoseconds until it would have been saved; negative if too much is spent
     */
    long spend(long walk, long nanos) {
        if (isUnlimited()) {
            return BURST;
        }
        long counted = Math.min(walk, LONGEST_WALK);
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

    /** What is left, as {@link #spend} has it. */
    long remaining(long nanos) {
        return isUnlimited() ? BURST : Math.min(BURST, nanos - theoreticalArrival.get());
    }

    /** Whether most of what can be saved is there. */
    boolean isMostlyFree(long nanos) {
        return remaining(nanos) > BURST / 2;
    }

    /** How many stacks like the latest ones are afforded in so many nanoseconds. */
    long affordableIn(long nanos) {
        return isUnlimited() ? Long.MAX_VALUE : nanos / Math.max(1, averageCost * nanosPerNano);
    }
}
