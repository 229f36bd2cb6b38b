// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The sockets that the program has closed: a count of all, and the latest sampled ones until they are drained. While
 * few are closed, all are sampled. Otherwise the sample is random with a fixed interval, because the stack of each
 * close request has a cost.
 *
 * <p>The program's threads write without a lock; two that meet in one slot leave the socket of one. One thread at a
 * time may drain.
 */
public final class ClosedSocketSample {

    private static final int KEPT = 512;

    /** The approximate number of sampled sockets in a second, if more are closed. */
    private static final int SAMPLED_IN_SECOND = 128;

    private static final int LONGEST_INTERVAL = 1 << 16;

    /** The shortest time, in nanoseconds, over which a rate is computed. */
    private static final long LEAST_RATE_NANOS = 500_000_000;

    /**
     * An upper bound of the threads that are between their count and their write at one moment. A slot that is further
     * behind was overwritten.
     */
    private static final int MAX_WRITERS = 16;

    private final AtomicReferenceArray<TrackedSocket> latest = new AtomicReferenceArray<>(KEPT);
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong sampledCount = new AtomicLong();
    private volatile int interval = 1; // a power of two

    /** The sockets that were closed since the last time: their number, and a sample. */
    public record Batch(long count, List<TrackedSocket> sampled) {

        /** The number of closed sockets that each sampled one represents. */
        public double weight() {
            return sampled.isEmpty() ? 0 : (double) count / sampled.size();
        }
    }

    /* Only the draining thread uses these. */
    private long drained;
    private long drainedSampled;
    private long rateCount;
    private long rateNanos;

    /**
     * An empty sample.
     *
     * @param nanos the time, as {@link System#nanoTime} has it
     */
    ClosedSocketSample(long nanos) {
        rateNanos = nanos;
    }

    /**
     * Returns whether a socket that is being closed belongs to the sample.
     *
     * @param random bits that do not depend on the code that closes it
     */
    boolean samples(int random) {
        return (random & (interval - 1)) == 0;
    }

    /**
     * Adds a closed socket.
     *
     * @param isSampled whether it is sampled
     */
    void add(TrackedSocket socket, boolean isSampled) {
        count.incrementAndGet();
        if (isSampled) {
            latest.lazySet((int) (sampledCount.getAndIncrement() % KEPT), socket);
        }
    }

    /**
     * Returns the sockets that were closed since the last call. If more than {@code most} are sampled, it returns that
     * many, at even distances among the latest.
     *
     * @param nanos the time, as {@link System#nanoTime} has it
     */
    Batch drain(int most, long nanos) {
        long sampledNow = sampledCount.get();
        long now = count.get();
        List<TrackedSocket> kept = new ArrayList<>();
        for (int i = 0; i < KEPT; i++) {
            TrackedSocket socket = latest.getAndSet(i, null);
            if (socket != null) {
                kept.add(socket);
            }
        }
        // a thread that has counted its socket and not written it yet counts the next time
        long closed = now - drained;
        boolean all = closed - (sampledNow - drainedSampled) <= MAX_WRITERS && closed <= KEPT;
        closed = all ? kept.size() : closed;
        drained = Math.max(drained + closed, now - MAX_WRITERS);
        drainedSampled = sampledNow;
        adjustRate(now, nanos);
        List<TrackedSocket> some = new ArrayList<>();
        int step = Math.max(1, (kept.size() + most - 1) / most);
        for (int i = 0; i < kept.size(); i += step) {
            some.add(kept.get(i));
        }
        return new Batch(Math.max(closed, some.size()), some);
    }

    /** Sets the interval by the number of closes in a second. */
    private void adjustRate(long now, long nanos) {
        if (nanos - rateNanos >= LEAST_RATE_NANOS) {
            double inSecond = (now - rateCount) * 1e9 / (nanos - rateNanos);
            interval =
                    Integer.highestOneBit((int) Math.max(1, Math.min(LONGEST_INTERVAL, inSecond / SAMPLED_IN_SECOND)));
            rateNanos = nanos;
            rateCount = now;
        }
    }
}
