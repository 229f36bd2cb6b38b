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

    private static final long SAVED = TimeUnit.SECONDS.toNanos(SAVED_SECONDS);

    /** A walk that took longer was not walking all the time: the kernel gave the processor to another thread. */
    private static final long LONGEST_WALK = TimeUnit.MICROSECONDS.toNanos(200);

    /** What a stack of some thirty frames costs. */
    private static final long FIRST_GUESS = TimeUnit.MICROSECONDS.toNanos(5);

    private static final int SMOOTHING = 64;

    private final long nanosPerNano;
    private final AtomicLong paidOff;
    private volatile long usualWalk = FIRST_GUESS; // two threads that write at once leave one of theirs

    /**
     * Begins with all that can be saved.
     *
     * @param share part of one core, more than 0; 1 or more is no limit
     */
    CaptureBudget(double share, long nanos) {
        this.nanosPerNano = share >= 1 ? 0 : Math.round(1 / share);
        this.paidOff = new AtomicLong(nanos - SAVED);
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
            return SAVED;
        }
        long counted = Math.min(walk, LONGEST_WALK);
        long usual = usualWalk;
        usualWalk = usual + (counted - usual) / SMOOTHING;
        long cost = counted * nanosPerNano;
        long until = paidOff.get();
        long least = nanos - SAVED;
        if (until < least && paidOff.compareAndSet(until, least + cost)) {
            return SAVED - cost;
        }
        return nanos - paidOff.addAndGet(cost);
    }

    /** What is left, as {@link #spend} has it. */
    long left(long nanos) {
        return isUnlimited() ? SAVED : Math.min(SAVED, nanos - paidOff.get());
    }

    /** Whether most of what can be saved is there. */
    boolean isPlenty(long nanos) {
        return left(nanos) > SAVED / 2;
    }

    /** How many stacks like the latest ones are afforded in so many nanoseconds. */
    long affordedIn(long nanos) {
        return isUnlimited() ? Long.MAX_VALUE : nanos / Math.max(1, usualWalk * nanosPerNano);
    }
}
