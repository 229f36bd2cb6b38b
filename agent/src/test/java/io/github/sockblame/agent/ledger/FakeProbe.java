// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A probe whose switches a test can read, and whose missed events a test makes. */
public class FakeProbe implements ProbeControl {

    volatile boolean ioEventsEnabled;
    volatile boolean connectEventsEnabled;
    final AtomicInteger switched = new AtomicInteger();
    private final AtomicLong missedEvents = new AtomicLong();

    /** Drops one event, as woven code does that could not call the probe. */
    public void missEvent() {
        missedEvents.incrementAndGet();
    }

    /** Whether reads and writes are events. */
    public boolean ioEventsEnabled() {
        return ioEventsEnabled;
    }

    @Override
    public void setIoEventsEnabled(boolean enabled) {
        switched.incrementAndGet();
        ioEventsEnabled = enabled;
    }

    @Override
    public void setConnectEventsEnabled(boolean enabled) {
        switched.incrementAndGet();
        connectEventsEnabled = enabled;
    }

    @Override
    public long missedEvents() {
        return missedEvents.get();
    }
}
