// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.Target;
import io.github.sockblame.viewer.connect.TargetSession;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Asks a target again and again, in a thread of its own, so that keys are heard while an answer is on its way. One question at a time: whatever
 * the interval, none is asked before the one before it is answered, and the target rests for four times as long as an answer took: to make a report of
 * 19,000 sockets costs its JVM some tenths of a second.
 */
final class Poller implements AutoCloseable {

    /** But no longer than that: a slow link does not mean that the JVM works so long. */
    private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(10);

    private static final int RESTS = 4;
    private static final long FAREWELL_MILLIS = 1000;

    private final TargetSession target;
    private final long intervalNanos;
    private final Thread thread = new Thread(this::askOn, "sockblame-top");
    private final AtomicReference<@Nullable PollResult> latest = new AtomicReference<>();
    private final AtomicReference<@Nullable PollResult> whole = new AtomicReference<>();
    private volatile boolean wholeWanted;
    private volatile boolean over;

    private Poller(Target target, Duration interval) {
        this.target = new TargetSession(target);
        this.intervalNanos = interval.toNanos();
    }

    /** Begins; the first question is asked when the interval has passed. */
    static Poller of(Target target, Duration interval) {
        Poller poller = new Poller(target, interval);
        poller.thread.setDaemon(true);
        poller.thread.start();
        return poller;
    }

    /** The latest answer, once; null if none has come since. */
    @Nullable PollResult take() {
        return latest.getAndSet(null);
    }

    /** Asks for one report with all its sockets, as soon as no other question is on its way. */
    void wantWhole() {
        whole.set(null);
        wholeWanted = true;
        LockSupport.unpark(thread);
    }

    /** The answer to that, once; null if it has not come yet. */
    @Nullable PollResult takeWhole() {
        return whole.getAndSet(null);
    }

    private void askOn() {
        long next = System.nanoTime() + intervalNanos;
        while (!over) {
            long left = next - System.nanoTime();
            if (wholeWanted) {
                wholeWanted = false;
                whole.set(ask(true));
            } else if (left > 0) {
                LockSupport.parkNanos(left);
            } else {
                long began = System.nanoTime();
                latest.set(ask(false));
                long took = System.nanoTime() - began;
                next = began + took + restAfter(took, intervalNanos);
            }
        }
        target.close();
    }

    /** How long to wait after an answer that took so long; all in nanoseconds. */
    static long restAfter(long took, long interval) {
        return Math.max(interval - took, Math.min(RESTS * took, LONGEST_REST));
    }

    private PollResult ask(boolean forWhole) {
        try {
            return PollResult.of(forWhole ? target.read() : target.readSummary(), System.nanoTime());
        } catch (CannotAnswerException | RuntimeException e) {
            return PollResult.failed(e, System.nanoTime()); // an error of ours, too, must not end the asking unseen
        }
    }

    /** No question is asked any more; the answer to one that is on its way is hardly waited for. */
    @Override
    public void close() {
        over = true;
        LockSupport.unpark(thread);
        try {
            thread.join(FAREWELL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
