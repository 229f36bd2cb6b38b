// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.agent.capture.CapturedEvent;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Figures of one listener beside its opening: the requested backlog, the number of accepted connections, and the latest
 * acceptor.
 *
 * <p>The program's threads count here at each accept. They take no lock, and keep no reference that would prevent the
 * collection of a thread.
 */
public final class AcceptStats {

    private static final int NOT_SEEN = -1;

    private final AtomicLong count = new AtomicLong();
    private volatile int backlog = NOT_SEEN;
    private volatile @Nullable CapturedEvent lastAccept;
    private volatile @Nullable WeakReference<Thread> lastAcceptThread;

    /* Only the watch thread writes these, and others read the rate alone. */
    private long countBefore;
    private long nanosBefore;
    private boolean sampled;
    private volatile @Nullable Double perSecond;

    void setBacklog(int askedFor) {
        backlog = askedFor;
    }

    /** The calling thread has accepted. */
    void recordAccept(@Nullable CapturedEvent accepted) {
        count.incrementAndGet();
        lastAccept = accepted;
        Thread thread = Thread.currentThread();
        WeakReference<Thread> known = lastAcceptThread;
        if (known == null || !known.refersTo(thread)) {
            lastAcceptThread = new WeakReference<>(thread); // rare: most listeners have one acceptor
        }
    }

    /** The argument of {@code listen(2)}; null if the agent did not see it. */
    public @Nullable Integer backlog() {
        int known = backlog;
        return known == NOT_SEEN ? null : known;
    }

    /** Connections that the agent saw the listener accept. */
    public long count() {
        return count.get();
    }

    /** The latest accept; null if there was none, or if its connection has no record. */
    public @Nullable CapturedEvent lastAccept() {
        return lastAccept;
    }

    /** The thread that accepted last; null if there was no accept, or if the thread was collected. */
    public @Nullable Thread lastAcceptThread() {
        WeakReference<Thread> known = lastAcceptThread;
        return known == null ? null : known.get();
    }

    /**
     * Returns whether the agent saw an accept. If so, an {@link #lastAcceptThread} of null means that the thread is
     * gone.
     */
    public boolean acceptSeen() {
        return lastAcceptThread != null;
    }

    /**
     * Records the present count.
     *
     * @param nanos the time, as {@link System#nanoTime} has it
     */
    public void updateRate(long nanos) {
        long now = count.get();
        if (sampled && nanos > nanosBefore) {
            perSecond = (now - countBefore) * 1e9 / (nanos - nanosBefore);
        }
        sampled = true;
        countBefore = now;
        nanosBefore = nanos;
    }

    /** Accepts per second between the latest two samples; null before the second. */
    public @Nullable Double perSecond() {
        return perSecond;
    }
}
