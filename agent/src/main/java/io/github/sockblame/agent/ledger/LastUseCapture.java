// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Quota for last-use tracking. While it is on, some connections record the stack and the thread of their last read or
 * write, and not only its time. If a connection is never read again, that stack is the code that abandoned it.
 *
 * <p>A stack for each read has a cost, so the watch thread allows a number of stacks for each round. When the quota is
 * used up, a read or write records the time alone.
 */
public final class LastUseCapture {

    private volatile boolean on;
    private final AtomicInteger newSocketsLeft = new AtomicInteger();
    private final AtomicInteger stacksLeft = new AtomicInteger();

    LastUseCapture() {}

    /** Returns whether new connections are tracked. */
    public boolean isEnabled() {
        return on;
    }

    /**
     * Sets the quota of a round.
     *
     * @param newSockets how many new connections may be tracked before their opening place is resolved
     * @param stacks how many reads and writes may be captured
     */
    public void refill(int newSockets, int stacks) {
        newSocketsLeft.set(newSockets);
        stacksLeft.set(stacks);
        on = true;
    }

    /** Continues with the rest of this round's quota; with none if tracking was stopped meanwhile. */
    public void refill() {
        on = true;
    }

    /** Stops the tracking of new connections. */
    public void disable() {
        on = false;
        newSocketsLeft.set(0);
        stacksLeft.set(0);
    }

    /** Takes one new connection from the quota; false if none is left. */
    boolean tryAcquireNewSocket() {
        return on && newSocketsLeft.get() > 0 && newSocketsLeft.getAndDecrement() > 0;
    }

    /** Takes one stack of a read or write from the quota; false if none is left. */
    boolean tryAcquireStack() {
        return stacksLeft.get() > 0 && stacksLeft.getAndDecrement() > 0;
    }
}
