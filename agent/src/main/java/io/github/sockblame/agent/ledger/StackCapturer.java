// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.probe.SocketProbe;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Captures the stacks of the program's threads. When that costs more than the budget, {@link EndpointSampler} skips
 * some opening stacks until it costs less. The stacks of EOF are always captured.
 *
 * <p>It takes no lock and allocates nothing except the evidence.
 */
public final class StackCapturer {

    /** The share that means no limit. */
    public static final double UNLIMITED = 1;

    /** The endpoint of a connection whose endpoint is unknown. */
    private static final int NO_ENDPOINT = 1;

    private final double share;
    private final CaptureBudget budget;
    private final EndpointSampler sample;
    private final AtomicLong leftOut = new AtomicLong();
    private volatile boolean sampling;
    private volatile long firstLeftOut;
    private volatile long lastLeftOut;

    /**
     * Begins with a budget.
     *
     * @param share part of one core that the stacks may take; 1 or more is no limit
     */
    public StackCapturer(double share) {
        this.share = share;
        budget = new CaptureBudget(share, System.nanoTime());
        sample = new EndpointSampler(budget);
    }

    /**
     * Captures the caller's stack, thread and time.
     *
     * @param handler in a read by a thread of an asynchronous channel's group, the class of the read's handler;
     *     otherwise null
     */
    CapturedEvent capture(@Nullable String handler) {
        long began = System.nanoTime();
        return witness(new Throwable(), began, handler);
    }

    /**
     * Captures the opening of a socket, without the stack while opening stacks are sampled. Each method in between is
     * one more frame to walk.
     */
    CapturedEvent captureOpening() {
        if (sampling) {
            return captureWithoutStack();
        }
        long began = System.nanoTime();
        return witness(new Throwable(), began, null);
    }

    private CapturedEvent witness(Throwable stack, long began, @Nullable String handler) {
        long ended = System.nanoTime();
        if (budget.spend(ended - began, ended) < 0) {
            startSampling();
        }
        return new CapturedEvent(stack, Thread.currentThread(), MonotonicClock.millisAt(ended), handler);
    }

    /** Captures the caller's thread and time, without the stack. */
    CapturedEvent captureWithoutStack() {
        return new CapturedEvent(CallStack.NONE, Thread.currentThread(), MonotonicClock.millis(), null);
    }

    /** Returns whether the budget has room for a stack that matters less than an opening stack. */
    boolean canAffordOptional() {
        return !sampling && budget.remaining(System.nanoTime()) > 0;
    }

    /** Captures or skips the opening stack of a socket with this remote address; null if it is no Internet address. */
    void resolvePendingOpening(TrackedSocket socket, @Nullable InetAddress remote, int port) {
        resolvePendingOpening(socket, remote == null ? NO_ENDPOINT : endpoint(remote, port));
    }

    /** The same for a socket of this listener; null if neither listener nor remote address will be available. */
    void resolvePendingOpening(TrackedSocket socket, @Nullable TrackedSocket listener) {
        resolvePendingOpening(socket, endpoint(listener == null ? null : listener.opened()));
    }

    private static int endpoint(InetAddress remote, int port) {
        return remote.hashCode() * 31 + port;
    }

    /** All connections of one listener have one endpoint, because there are as many client endpoints as connections. */
    private static int endpoint(@Nullable CapturedEvent listenerOpened) {
        return listenerOpened == null ? NO_ENDPOINT : System.identityHashCode(listenerOpened);
    }

    private void resolvePendingOpening(TrackedSocket socket, int endpoint) {
        long now = System.nanoTime();
        int random = socket.isNativeIo() ? (int) now : socket.identity();
        int stands = sample.sampleWeight(endpoint, random, now);
        if (budget.isMostlyFree(now)) {
            sampling = false;
        }
        if (stands == EndpointSampler.SKIP) {
            recordSkipped(now);
            socket.setOpeningStack(null, 0);
        } else {
            socket.setOpeningStack(capture(null), stands);
        }
    }

    private void recordSkipped(long nanos) {
        long millis = MonotonicClock.millisAt(nanos);
        if (firstLeftOut == 0) {
            firstLeftOut = millis;
        }
        lastLeftOut = millis;
        leftOut.incrementAndGet(); // last, because a reader of this count then reads the others
    }

    /** Starts to skip opening stacks. */
    private void startSampling() {
        if (!sampling) {
            sampling = true;
            SocketProbe.setConnectEventsEnabled(true); // for good: the connect may come after the sampling
        }
    }

    /** Returns whether sampling has ever started. */
    boolean hasSampled() {
        return SocketProbe.connectEventsEnabled();
    }

    /** Marks a remote address whose connections have suspects: from now on the stacks of all of them are captured. */
    void markSuspect(InetAddress remote, int port) {
        sample.markSuspect(endpoint(remote, port), System.nanoTime());
    }

    /** The same for the connections of a listener, given by its opening; null for those of an unknown endpoint. */
    void markSuspect(@Nullable CapturedEvent listenerOpened) {
        sample.markSuspect(endpoint(listenerOpened), System.nanoTime());
    }

    /** Part of one core that the stacks may take. */
    public double share() {
        return share;
    }

    /** The number of openings without a stack because of the budget. */
    public long leftOut() {
        return leftOut.get();
    }

    /** The time of the first of them, in milliseconds since the epoch; 0 if there is none. */
    public long firstLeftOutMillis() {
        return firstLeftOut;
    }

    /** The time of the last of them, in milliseconds since the epoch; 0 if there is none. */
    public long lastLeftOutMillis() {
        return lastLeftOut;
    }
}
