// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

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

    /** The result of the sampling for an opening whose stack is skipped. */
    public static final int SKIP = EndpointSampler.SKIP;

    /** The endpoint of a connection whose endpoint is unknown. */
    private static final int NO_ENDPOINT = 1;

    private final double share;
    private final CaptureBudget budget;
    private final EndpointSampler sampler;
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong unresolved = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile long mostUnresolved = Long.MAX_VALUE;
    private volatile long manyUnresolved = Long.MAX_VALUE;
    private volatile Runnable manyUnresolvedListener = NoAction.INSTANCE;
    private volatile boolean memoryFull;
    private volatile boolean sampling;
    private volatile boolean hasSampled;
    private volatile long firstSkip;
    private volatile long lastSkip;

    /**
     * Begins with a budget.
     *
     * @param share part of one core that the stacks may take; 1 or more is no limit
     */
    public StackCapturer(double share) {
        this.share = share;
        budget = new CaptureBudget(share, System.nanoTime());
        sampler = new EndpointSampler(budget);
    }

    /**
     * Captures the caller's stack, thread and time.
     *
     * @param handler in a read by a thread of an asynchronous channel's group, the class of the read's handler;
     *     otherwise null
     */
    public CapturedEvent capture(@Nullable String handler) {
        if (memoryFull) {
            refused.incrementAndGet();
            return captureWithoutStack();
        }
        long began = System.nanoTime();
        return event(new Throwable(), began, handler);
    }

    /**
     * Captures the opening of a socket, without the stack while opening stacks are sampled. Each method in between is
     * one more frame to walk.
     */
    public CapturedEvent captureOpening() {
        if (sampling || memoryFull) {
            return captureWithoutStack();
        }
        long began = System.nanoTime();
        return event(new Throwable(), began, null);
    }

    private CapturedEvent event(Throwable stack, long began, @Nullable String handler) {
        long ended = System.nanoTime();
        if (budget.spend(ended - began, ended) < 0) {
            startSampling();
        }
        countUnresolved();
        return CapturedEvent.of(stack, Thread.currentThread(), MonotonicClock.millisAt(ended), handler);
    }

    private void countUnresolved() {
        long count = unresolved.incrementAndGet();
        if (count == manyUnresolved) {
            manyUnresolvedListener.run();
        }
        if (count >= mostUnresolved) {
            memoryFull = true;
        }
    }

    /**
     * Sets a listener for the moment at which half of the allowed stacks are captured. It runs on the program's thread
     * and must be quick.
     */
    public void onManyUnresolved(Runnable listener) {
        manyUnresolvedListener = listener;
    }

    /** Captures the caller's thread and time, without the stack. */
    public CapturedEvent captureWithoutStack() {
        return CapturedEvent.of(CallStack.NONE, Thread.currentThread(), MonotonicClock.millis(), null);
    }

    /** Returns whether the budget has room for a stack that matters less than an opening stack. */
    public boolean canAffordOptional() {
        return !sampling && !memoryFull && budget.remaining(System.nanoTime()) > 0;
    }

    /**
     * Decides on the opening stack of a connection to this remote address.
     *
     * @param remote null if it is no Internet address
     * @param random bits that do not depend on the code that opens it
     * @return binary logarithm of its weight, or {@link #SKIP}
     */
    public int sampleByRemote(@Nullable InetAddress remote, int port, int random) {
        return sample(remote == null ? NO_ENDPOINT : endpoint(remote, port), random);
    }

    /**
     * Decides on the opening stack of an accepted connection.
     *
     * @param listenerOpened the opening of the listener; null if it is unknown
     * @param random bits that do not depend on the code that accepts it
     * @return binary logarithm of its weight, or {@link #SKIP}
     */
    public int sampleByListener(@Nullable CapturedEvent listenerOpened, int random) {
        return sample(endpoint(listenerOpened), random);
    }

    private static int endpoint(InetAddress remote, int port) {
        return remote.hashCode() * 31 + port;
    }

    /** All connections of one listener have one endpoint, because there are as many client endpoints as connections. */
    private static int endpoint(@Nullable CapturedEvent listenerOpened) {
        return listenerOpened == null ? NO_ENDPOINT : System.identityHashCode(listenerOpened);
    }

    private int sample(int endpoint, int random) {
        long now = System.nanoTime();
        int log2Weight = sampler.sampleWeight(endpoint, random, now);
        if (budget.isMostlyFree(now)) {
            sampling = false;
        }
        if (log2Weight == SKIP) {
            recordSkipped(now);
        }
        return log2Weight;
    }

    private void recordSkipped(long nanos) {
        long millis = MonotonicClock.millisAt(nanos);
        if (firstSkip == 0) {
            firstSkip = millis;
        }
        lastSkip = millis;
        skipped.incrementAndGet(); // last, because a reader of this count then reads the others
    }

    /** Starts to skip opening stacks. */
    private void startSampling() {
        if (!sampling) {
            hasSampled = true;
            sampling = true;
        }
    }

    /**
     * Allows a number of stacks until the next call. The stacks that were captured before this call are resolved, or
     * will be by the next one. When no more are allowed, events are captured without their stacks.
     */
    void allowUnresolved(long most) {
        mostUnresolved = most;
        manyUnresolved = most / 2;
        unresolved.set(0);
        memoryFull = false;
    }

    /** The number of stacks that were not captured because there were too many unresolved ones. */
    public long refused() {
        return refused.get();
    }

    /** Returns whether sampling has ever started. */
    public boolean hasSampled() {
        return hasSampled;
    }

    /** Marks a remote address whose connections have suspects: from now on the stacks of all of them are captured. */
    public void markSuspect(InetAddress remote, int port) {
        sampler.markSuspect(endpoint(remote, port), System.nanoTime());
    }

    /** The same for the connections of a listener, given by its opening; null for those of an unknown endpoint. */
    public void markSuspect(@Nullable CapturedEvent listenerOpened) {
        sampler.markSuspect(endpoint(listenerOpened), System.nanoTime());
    }

    /** Part of one core that the stacks may take. */
    public double share() {
        return share;
    }

    /** The number of openings without a stack because of the budget. */
    public long skipped() {
        return skipped.get();
    }

    /** The time of the first of them, in milliseconds since the epoch; 0 if there is none. */
    public long firstSkipMillis() {
        return firstSkip;
    }

    /** The time of the last of them, in milliseconds since the epoch; 0 if there is none. */
    public long lastSkipMillis() {
        return lastSkip;
    }
}
