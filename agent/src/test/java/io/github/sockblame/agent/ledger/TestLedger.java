// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.agent.capture.StackCapturer;

/** Ledgers that capture every stack and read no addresses. */
public final class TestLedger {

    private TestLedger() {}

    /** A ledger behind a probe of its own. */
    public static Ledger of(DescriptorAccess numbers) {
        return of(numbers, new FakeProbe());
    }

    /** A ledger behind this probe. */
    public static Ledger of(DescriptorAccess numbers, ProbeControl probe) {
        return new Ledger(
                numbers, ConnectionAddresses.UNKNOWN, probe, null, new StackCapturer(StackCapturer.UNLIMITED));
    }

    /** A ledger that traces into this ring. */
    public static Ledger of(DescriptorAccess numbers, TraceRing ring) {
        return new Ledger(
                numbers,
                ConnectionAddresses.UNKNOWN,
                new FakeProbe(),
                ring,
                new StackCapturer(StackCapturer.UNLIMITED));
    }
}
