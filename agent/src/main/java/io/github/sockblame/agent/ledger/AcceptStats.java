// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one listener beside its opening: the backlog that it asked for, how many connections were accepted from it, and
 * who accepted the latest.
 *
 * <p>The program's threads count here at each accept: without a lock, and without a reference to a thread that would keep it from being
 * collected.
 */
public final class AcceptStats {

    private static final int NOT_SEEN = -1;

    private final AtomicLong count = new AtomicLong();
    private volatile int backlog = NOT_SEEN;
    private volatile @Nullable CapturedEvent lastAccept;
    private volatile @Nullable WeakReference<Thread> lastAcceptThread;

    /* Of the watch thread alone, but for the rate. */
    private long countBefore;
    private long nanosBefore;
    private boolean sampled;
    private volatile @Nullable Double perSecond;

    void setBacklog(int askedFor) {
        backlog = askedFor;
    }

    /** The caller has accepted. */
    void recordAccept(@Nullable CapturedEvent accepted) {
        count.incrementAndGet();
        lastAccept = accepted;
        Thread thread = Thread.currentThread();
        WeakReference<Thread> known = lastAcceptThread;
        if (known == null || !known.refersTo(thread)) {
            lastAcceptThread = new WeakReference<>(thread); // seldom: most listeners have one acceptor
        }
    }

    /** The backlog as the kernel was asked for it; null if that was not seen. */
    public @Nullable Integer backlog() {
        int known = backlog;
        return known == NOT_SEEN ? null : known;
    }

    /** Connections that were accepted before our eyes. */
    public long count() {
        return count.get();
    }

    /** The latest accept; null if there was none, or if nothing is known of its connection. */
    public @Nullable CapturedEvent lastAccept() {
        return lastAccept;
    }

    /** The thread that accepted last; null if there was no accept, or if the thread was collected. */
    public @Nullable Thread lastAcceptThread() {
        WeakReference<Thread> known = lastAcceptThread;
        return known == null ? null : known.get();
    }

    /** Whether somebody accepted before our eyes: an {@link #lastAcceptThread} that is null then is gone. */
    public boolean acceptSeen() {
        return lastAcceptThread != null;
    }

    /**
     * Notes how many there are now.
     *
     * @param nanos the time, as {@link System#nanoTime} has it
     */
    public void sampleRate(long nanos) {
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
