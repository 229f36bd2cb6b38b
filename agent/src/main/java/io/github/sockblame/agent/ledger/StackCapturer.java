// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.probe.SocketProbe;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes the stacks of the program's threads. When that costs more than the budget, opening stacks are left out, as {@link EndpointSampler} says,
 * until it costs less; the stacks of those that are told of an end are always taken.
 *
 * <p>No lock, and nothing but the evidence is allocated.
 */
public final class StackCapturer {

    /** The share of a budget that is none. */
    public static final double UNLIMITED = 1;

    /** What a connection has for an endpoint if nothing is known of it. */
    private static final int NO_ENDPOINT = 1;

    private final double share;
    private final CaptureBudget budget;
    private final EndpointSampler sample;
    private final AtomicLong leftOut = new AtomicLong();
    private volatile boolean sampling;
    private volatile long firstLeftOut;
    private volatile long lastLeftOut;

    /**
     * With a budget.
     *
     * @param share part of one core that the stacks may take; 1 or more is no limit
     */
    public StackCapturer(double share) {
        this.share = share;
        budget = new CaptureBudget(share, System.nanoTime());
        sample = new EndpointSampler(budget);
    }

    /**
     * The caller's stack, thread and time, now.
     *
     * @param handler in a read by a thread of an asynchronous channel's group the class of the handler for which it was; else null
     */
    CapturedEvent capture(@Nullable String handler) {
        long began = System.nanoTime();
        return witness(new Throwable(), began, handler);
    }

    /** The same of who opens a socket; without the stack while opening stacks are left out. Each method in between is a frame to walk. */
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

    /** The caller's thread and time, without the stack. */
    CapturedEvent captureWithoutStack() {
        return new CapturedEvent(CallStack.NONE, Thread.currentThread(), MonotonicClock.millis(), null);
    }

    /** Whether a stack is afforded that is not needed as much as those of openings. */
    boolean canAffordOptional() {
        return !sampling && budget.remaining(System.nanoTime()) > 0;
    }

    /** Takes the opening stack of a socket, or leaves it out, now that it is known to whom it will be connected; null if that is no address. */
    void resolvePendingOpening(TrackedSocket socket, @Nullable InetAddress remote, int port) {
        resolvePendingOpening(socket, remote == null ? NO_ENDPOINT : endpoint(remote, port));
    }

    /** The same, now that it is known from whom it was accepted; null if that cannot be known, nor to whom it will be connected. */
    void resolvePendingOpening(TrackedSocket socket, @Nullable TrackedSocket listener) {
        resolvePendingOpening(socket, endpoint(listener == null ? null : listener.opened()));
    }

    private static int endpoint(InetAddress remote, int port) {
        return remote.hashCode() * 31 + port;
    }

    /** Connections that were accepted from one listener have one endpoint: those of their clients are as many as they are. */
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
        leftOut.incrementAndGet(); // last, for who sees it looks at the others
    }

    /** Leaves out what has to be left out, from now on. */
    private void startSampling() {
        if (!sampling) {
            sampling = true;
            SocketProbe.setConnectEventsEnabled(true); // for good: what is opened now may be connected when it is over
        }
    }

    /** Whether any were ever left out, or might have been. */
    boolean hasSampled() {
        return SocketProbe.connectEventsEnabled();
    }

    /** There are suspects among the connections to this address: from now on the stacks of all of them are taken. */
    void markSuspect(InetAddress remote, int port) {
        sample.markSuspect(endpoint(remote, port), System.nanoTime());
    }

    /** The same of those that were accepted from the listener that was opened so; null for those of which nothing is known. */
    void markSuspect(@Nullable CapturedEvent listenerOpened) {
        sample.markSuspect(endpoint(listenerOpened), System.nanoTime());
    }

    /** Part of one core that the stacks may take. */
    public double share() {
        return share;
    }

    /** How many openings are known without their stack, because of the budget. */
    public long leftOut() {
        return leftOut.get();
    }

    /** When the first of them was, in milliseconds since the epoch; 0 if there is none. */
    public long firstLeftOutMillis() {
        return firstLeftOut;
    }

    /** When the last of them was, in milliseconds since the epoch; 0 if there is none. */
    public long lastLeftOutMillis() {
        return lastLeftOut;
    }
}
