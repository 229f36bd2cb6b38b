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
 * Requests reports from a target at an interval, in a thread of its own, so that the screen handles keys during a request.
 *
 * <p>There is one request at a time. After an answer the target rests for four times as long as the answer took, because a report of 19,000
 * sockets costs its JVM some tenths of a second.
 */
final class Poller implements AutoCloseable {

    /** The limit of that rest: over a slow link the time of an answer is not the work of the JVM. */
    private static final long MAX_REST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int REST_FACTOR = 4;
    private static final long STOP_TIMEOUT_MILLIS = 1000;

    private final TargetSession target;
    private final long intervalNanos;
    private final Thread thread = new Thread(this::poll, "sockblame-top");
    private final AtomicReference<@Nullable PollResult> latest = new AtomicReference<>();
    private final AtomicReference<@Nullable PollResult> whole = new AtomicReference<>();
    private volatile boolean wholeWanted;
    private volatile boolean stopped;

    private Poller(Target target, Duration interval) {
        this.target = new TargetSession(target);
        this.intervalNanos = interval.toNanos();
    }

    /** Starts the thread. The first request follows after one interval. */
    static Poller of(Target target, Duration interval) {
        Poller poller = new Poller(target, interval);
        poller.thread.setDaemon(true);
        poller.thread.start();
        return poller;
    }

    /** The latest result, once; null if there is no new one. */
    @Nullable PollResult take() {
        return latest.getAndSet(null);
    }

    /** Requests one report with all sockets, right after the current request. */
    void requestWhole() {
        whole.set(null);
        wholeWanted = true;
        LockSupport.unpark(thread);
    }

    /** The result of that request, once; null until it comes. */
    @Nullable PollResult takeWhole() {
        return whole.getAndSet(null);
    }

    private void poll() {
        long next = System.nanoTime() + intervalNanos;
        while (!stopped) {
            long left = next - System.nanoTime();
            if (wholeWanted) {
                wholeWanted = false;
                whole.set(request(true));
            } else if (left > 0) {
                LockSupport.parkNanos(left);
            } else {
                long began = System.nanoTime();
                latest.set(request(false));
                long took = System.nanoTime() - began;
                next = began + took + restAfter(took, intervalNanos);
            }
        }
        target.close();
    }

    /** The pause after an answer, from the time that it took; all in nanoseconds. */
    static long restAfter(long took, long interval) {
        return Math.max(interval - took, Math.min(REST_FACTOR * took, MAX_REST_NANOS));
    }

    private PollResult request(boolean withSockets) {
        try {
            return PollResult.of(withSockets ? target.read() : target.readSummary(), System.nanoTime());
        } catch (CannotAnswerException | RuntimeException e) {
            return PollResult.failed(
                    e, System.nanoTime()); // a bug of the viewer must not end the thread without a message
        }
    }

    /** Stops the thread. A request in progress gets one second to end. */
    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            thread.join(STOP_TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
