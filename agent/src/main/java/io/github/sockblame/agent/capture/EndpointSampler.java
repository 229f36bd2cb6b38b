// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Selects the connections whose opening stack is captured when there are too many. All connections of an endpoint with
 * few openings are selected. For an endpoint with many, a random one of two, four, eight, ... is selected, and its
 * weight is that number. All connections of an endpoint with suspects are selected.
 *
 * <p>A hash identifies an endpoint; endpoints that share a slot are sampled together. The program's threads call this
 * without a lock. If two of them write at the same moment, a count is off by one.
 */
final class EndpointSampler {

    private static final int SLOTS = 1024;

    /** About a second. */
    private static final int WINDOW_BITS = 30;

    /**
     * The time for which a slot counts as suspected after a call of markSuspect; rounds of the watch thread may be many
     * seconds apart.
     */
    private static final long SUSPECTED = TimeUnit.SECONDS.toNanos(60);

    /** The binary logarithm of the largest weight. */
    private static final int MAX_LOG2_WEIGHT = 24;

    private static final int MIN_LOG2_FREE = -16;
    private static final int MAX_LOG2_FREE = 20;

    /** The value before the number of openings is measured. */
    private static final int FIRST_FREE = 6;

    /**
     * Opening stacks get at least one part in this many of the budget, because the stacks of EOF need some of it as
     * well.
     */
    private static final int PARTS = 64;

    private final CaptureBudget budget;
    private final AtomicIntegerArray opened = new AtomicIntegerArray(SLOTS);
    private final AtomicIntegerArray openedBefore = new AtomicIntegerArray(SLOTS);
    private final AtomicIntegerArray suspectedUntil = new AtomicIntegerArray(SLOTS); // in windows
    private final AtomicLong window = new AtomicLong();

    /**
     * Binary logarithm of the openings in a window that an endpoint may have before it is sampled; if negative, every
     * endpoint is.
     */
    private volatile int freeQuota = FIRST_FREE;

    private volatile int parts = PARTS;

    /** The result of {@link #sampleWeight} for a skipped connection. */
    static final int SKIP = -1;

    EndpointSampler(CaptureBudget budget) {
        this.budget = budget;
    }

    /**
     * Decides on a connection that is opened now.
     *
     * @param endpoint a hash of its endpoint
     * @param random bits that do not depend on the code that opens it
     * @param nanos the time, as {@link System#nanoTime} has it
     * @return binary logarithm of its weight, or {@link #SKIP}
     */
    int sampleWeight(int endpoint, int random, long nanos) {
        rollWindow(nanos);
        int slot = slot(endpoint);
        int count = Math.max(opened.incrementAndGet(slot), openedBefore.get(slot));
        if (suspectedUntil.get(slot) - (int) (nanos >> WINDOW_BITS) > 0) {
            return 0;
        }
        int log2Weight = Math.min(MAX_LOG2_WEIGHT, Math.max(0, log2(count) - freeQuota));
        return (mixed(random) & ((1 << log2Weight) - 1)) == 0 ? log2Weight : SKIP;
    }

    private void rollWindow(long nanos) {
        long now = nanos >> WINDOW_BITS;
        long current = window.get();
        if (now != current && window.compareAndSet(current, now)) {
            int[] openings = new int[Integer.SIZE]; // index: the binary logarithm of the openings of their endpoint
            for (int slot = 0; slot < SLOTS; slot++) {
                int count = opened.getAndSet(slot, 0);
                openedBefore.lazySet(slot, count);
                openings[log2(count)] += count;
            }
            int share = budget.remaining(nanos) < 0 ? Math.max(1, parts / 2) : Math.min(PARTS, parts + 1 + parts / 4);
            parts = share;
            freeQuota = freeQuotaFor(openings, budget.affordableIn(1L << WINDOW_BITS) / PARTS * share);
        }
    }

    /** Divides the budget evenly among the endpoints; what an endpoint does not need goes to the others. */
    private static int freeQuotaFor(int[] openings, long afforded) {
        int most = log2((int) Math.min(1 << MAX_LOG2_FREE, afforded)); // without it a sudden crowd is not sampled
        if (capturedOf(openings, most) == 0) {
            return Math.min(most, FIRST_FREE);
        }
        while (most > MIN_LOG2_FREE && capturedOf(openings, most) > afforded) {
            most--;
        }
        return most;
    }

    private static long capturedOf(int[] openings, int free) {
        long captured = 0;
        for (int log2 = 0; log2 < openings.length; log2++) {
            captured += openings[log2] >> Math.min(MAX_LOG2_WEIGHT, Math.max(0, log2 - free));
        }
        return captured;
    }

    /** Marks an endpoint: there are suspects among its connections. */
    void markSuspect(int endpoint, long nanos) {
        suspectedUntil.set(slot(endpoint), (int) ((nanos + SUSPECTED) >> WINDOW_BITS));
    }

    private static int slot(int endpoint) {
        return mixed(endpoint) & (SLOTS - 1);
    }

    private static int log2(int count) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, count));
    }

    /** The finalizer of MurmurHash3: each bit of the result depends on each bit of the argument. */
    private static int mixed(int bits) {
        int mixed = (bits ^ bits >>> 16) * 0x85ebca6b;
        mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
        return mixed ^ mixed >>> 16;
    }
}
