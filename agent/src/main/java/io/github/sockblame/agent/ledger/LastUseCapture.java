// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * While it is on, some connections remember the stack and the thread of their last read or write, and not its time alone: those that lie
 * unread for ever were used by somebody for the last time, and it is that code which walked away.
 *
 * <p>A stack for each read costs, so there is only so much of it until the watch thread allows more: at the end of a round there is none
 * left, and what then is used tells the time alone.
 */
public final class LastUseCapture {

    private volatile boolean on;
    private final AtomicInteger newcomersLeft = new AtomicInteger();
    private final AtomicInteger stacksLeft = new AtomicInteger();

    LastUseCapture() {}

    /** Whether new connections are looked at. */
    public boolean isEnabled() {
        return on;
    }

    /**
     * Goes on for a round.
     *
     * @param newcomers how many connections that are opened in it may be looked at before it is known where they were opened
     * @param stacks how many reads and writes may be
     */
    public void refill(int newcomers, int stacks) {
        newcomersLeft.set(newcomers);
        stacksLeft.set(stacks);
        on = true;
    }

    /** Goes on with what is left of this round; with nothing if it was stopped meanwhile. */
    public void refill() {
        on = true;
    }

    /** No new connection is looked at any more. */
    public void disable() {
        on = false;
        newcomersLeft.set(0);
        stacksLeft.set(0);
    }

    /** Whether one that is opened now is to be looked at. */
    boolean tryAcquireNewSocket() {
        return on && newcomersLeft.get() > 0 && newcomersLeft.getAndDecrement() > 0;
    }

    /** Whether there is a stack left for a read or write now. */
    boolean tryAcquireStack() {
        return stacksLeft.get() > 0 && stacksLeft.getAndDecrement() > 0;
    }
}
