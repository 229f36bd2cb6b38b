// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The sockets that the program has closed: all of them counted, and the latest of those that were picked kept until somebody takes them. While few
 * are closed every one is picked, else a random one of so many, since who asked for the close costs a stack.
 *
 * <p>Written by the program's threads, without a lock; two that meet in one place leave one of theirs. One at a time may take.
 */
public final class ClosedSocketSample {

    private static final int KEPT = 512;

    /** About so many are picked in a second if there are more. */
    private static final int PICKED_IN_SECOND = 128;

    private static final int MOST_OF = 1 << 16;

    /** Over less, in nanoseconds, no pace is told. */
    private static final long LEAST_PACE = 500_000_000;

    /** More threads than are between counting and laying down at one moment. What is behind by more was overwritten. */
    private static final int MOST_AT_ONCE = 16;

    private final AtomicReferenceArray<TrackedSocket> latest = new AtomicReferenceArray<>(KEPT);
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong picked = new AtomicLong();
    private volatile int interval = 1; // a power of two

    /** What was closed since the last time: how many, and some of them. */
    public record Batch(long count, List<TrackedSocket> sampled) {

        /** For how many each of them stands. */
        public double weight() {
            return sampled.isEmpty() ? 0 : (double) count / sampled.size();
        }
    }

    /* Of whoever takes. */
    private long taken;
    private long takenPicked;
    private long paceCount;
    private long paceNanos;

    /**
     * None yet.
     *
     * @param nanos the time, as {@link System#nanoTime} has it
     */
    ClosedSocketSample(long nanos) {
        paceNanos = nanos;
    }

    /**
     * Whether one that is being closed is to be looked at.
     *
     * @param random any bits that have nothing to do with who closes it
     */
    boolean samples(int random) {
        return (random & (interval - 1)) == 0;
    }

    /**
     * One was closed.
     *
     * @param isPicked whether it was picked
     */
    void add(TrackedSocket socket, boolean isPicked) {
        count.incrementAndGet();
        if (isPicked) {
            latest.lazySet((int) (picked.getAndIncrement() % KEPT), socket);
        }
    }

    /**
     * What was closed since the last call; of more than {@code most} so many, picked evenly from the latest.
     *
     * @param nanos the time, as {@link System#nanoTime} has it
     */
    Batch drain(int most, long nanos) {
        long nowPicked = picked.get();
        long now = count.get();
        List<TrackedSocket> kept = new ArrayList<>();
        for (int i = 0; i < KEPT; i++) {
            TrackedSocket socket = latest.getAndSet(i, null);
            if (socket != null) {
                kept.add(socket);
            }
        }
        // a thread may have counted its socket and not laid it down yet: that one counts with those of the next time
        long closed = now - taken;
        boolean all = closed - (nowPicked - takenPicked) <= MOST_AT_ONCE && closed <= KEPT;
        closed = all ? kept.size() : closed;
        taken = Math.max(taken + closed, now - MOST_AT_ONCE);
        takenPicked = nowPicked;
        adjustRate(now, nanos);
        List<TrackedSocket> some = new ArrayList<>();
        int step = Math.max(1, (kept.size() + most - 1) / most);
        for (int i = 0; i < kept.size(); i += step) {
            some.add(kept.get(i));
        }
        return new Batch(Math.max(closed, some.size()), some);
    }

    /** Picks by how many are closed in a second. */
    private void adjustRate(long now, long nanos) {
        if (nanos - paceNanos >= LEAST_PACE) {
            double inSecond = (now - paceCount) * 1e9 / (nanos - paceNanos);
            interval = Integer.highestOneBit((int) Math.max(1, Math.min(MOST_OF, inSecond / PICKED_IN_SECOND)));
            paceNanos = nanos;
            paceCount = now;
        }
    }
}
