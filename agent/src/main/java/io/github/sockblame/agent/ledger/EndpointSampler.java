// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Picks of which connections the opening stack is taken when there are too many. Of an endpoint to which few are opened all of them, of one to
 * which many are a random one of two, four, eight, ...: each that is picked stands for so many, whatever the others are. Of those that
 * have suspects all.
 *
 * <p>Endpoints are told by a hash, and those that share a slot are thinned together. The program's threads come here, without a lock; what
 * two of them write at the same moment is a count of one more or less.
 */
final class EndpointSampler {

    private static final int SLOTS = 1024;

    /** About a second. */
    private static final int WINDOW_BITS = 30;

    /** A slot counts as suspected for so long after somebody said so; rounds of the watch thread may be many seconds apart. */
    private static final long SUSPECTED = TimeUnit.SECONDS.toNanos(60);

    /** One picked stands for no more than 2 to this power. */
    private static final int MAX_LOG2_WEIGHT = 24;

    private static final int LEAST_FREE = -16;
    private static final int MOST_FREE = 20;

    /** Before anything is known of how many are opened. */
    private static final int FIRST_FREE = 6;

    /** Of what is afforded, in these parts, the opening stacks get at least one: ends of files take stacks, too. */
    private static final int PARTS = 64;

    private final CaptureBudget budget;
    private final AtomicIntegerArray opened = new AtomicIntegerArray(SLOTS);
    private final AtomicIntegerArray openedBefore = new AtomicIntegerArray(SLOTS);
    private final AtomicIntegerArray suspectedUntil = new AtomicIntegerArray(SLOTS); // in windows
    private final AtomicLong window = new AtomicLong();

    /** Binary logarithm of how many openings in a window an endpoint may have before it is thinned; if negative all are. */
    private volatile int freeQuota = FIRST_FREE;

    private volatile int parts = PARTS;

    /** What {@link #sampleWeight} answers for one that is not picked. */
    static final int SKIP = -1;

    EndpointSampler(CaptureBudget budget) {
        this.budget = budget;
    }

    /**
     * A connection is opened.
     *
     * @param endpoint a hash of its endpoint
     * @param random any bits that have nothing to do with who opens it
     * @param nanos the time, as {@link System#nanoTime} has it
     * @return binary logarithm of how many it stands for, or {@link #SKIP}
     */
    int sampleWeight(int endpoint, int random, long nanos) {
        rollWindow(nanos);
        int slot = slot(endpoint);
        int count = Math.max(opened.incrementAndGet(slot), openedBefore.get(slot));
        if (suspectedUntil.get(slot) - (int) (nanos >> WINDOW_BITS) > 0) {
            return 0;
        }
        int thinning = Math.min(MAX_LOG2_WEIGHT, Math.max(0, log2(count) - freeQuota));
        return (mixed(random) & ((1 << thinning) - 1)) == 0 ? thinning : SKIP;
    }

    private void rollWindow(long nanos) {
        long now = nanos >> WINDOW_BITS;
        long current = window.get();
        if (now != current && window.compareAndSet(current, now)) {
            int[] openings = new int[Integer.SIZE]; // by the binary logarithm of how many their endpoint has
            for (int slot = 0; slot < SLOTS; slot++) {
                int count = opened.getAndSet(slot, 0);
                openedBefore.lazySet(slot, count);
                openings[log2(count)] += count;
            }
            int share = budget.remaining(nanos) < 0 ? Math.max(1, parts / 2) : Math.min(PARTS, parts + 1 + parts / 4);
            parts = share;
            freeQuota = mostFree(openings, budget.affordableIn(1L << WINDOW_BITS) / PARTS * share);
        }
    }

    /** What is afforded goes to all endpoints alike: those that need less leave more to the others. */
    private static int mostFree(int[] openings, long afforded) {
        int most =
                log2((int) Math.min(1 << MOST_FREE, afforded)); // else a crowd that comes at once would not be thinned
        if (picked(openings, most) == 0) {
            return Math.min(most, FIRST_FREE);
        }
        while (most > LEAST_FREE && picked(openings, most) > afforded) {
            most--;
        }
        return most;
    }

    private static long picked(int[] openings, int free) {
        long picked = 0;
        for (int log2 = 0; log2 < openings.length; log2++) {
            picked += openings[log2] >> Math.min(MAX_LOG2_WEIGHT, Math.max(0, log2 - free));
        }
        return picked;
    }

    /** There are suspects among the connections with this endpoint. */
    void markSuspect(int endpoint, long nanos) {
        suspectedUntil.set(slot(endpoint), (int) ((nanos + SUSPECTED) >> WINDOW_BITS));
    }

    private static int slot(int endpoint) {
        return mixed(endpoint) & (SLOTS - 1);
    }

    private static int log2(int count) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, count));
    }

    /** The finalizer of MurmurHash3: each bit of the result depends on each of the argument. */
    private static int mixed(int bits) {
        int mixed = (bits ^ bits >>> 16) * 0x85ebca6b;
        mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
        return mixed ^ mixed >>> 16;
    }
}
