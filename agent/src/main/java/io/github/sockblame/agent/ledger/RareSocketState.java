// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** State that only few sockets have. The writers are those of the {@link TrackedSocket}. */
final class RareSocketState {

    /** The shared object of sockets without such state; it is never written. */
    static final RareSocketState NONE = new RareSocketState();

    private static final AtomicReferenceFieldUpdater<RareSocketState, @Nullable AcceptStats> ACCEPTS =
            AtomicReferenceFieldUpdater.newUpdater(RareSocketState.class, AcceptStats.class, "accepts");

    volatile @Nullable CapturedEvent endOfTls;
    volatile @Nullable CapturedEvent lastUse;
    volatile @Nullable AcceptStats accepts;
    volatile @Nullable ConnectionEndpoints ends;
    volatile boolean lookedAtCloser;
    volatile boolean picked;
    volatile long tracedOpen;
    volatile long tracedEnd;
    volatile long tracedClose;
    volatile long closedMillis;

    /** Not volatile, because the thread that wrote it reads it. */
    @Nullable String readFor;

    /**
     * Two threads that accept at once, from a listener whose listen the agent missed, count in the same object: the
     * first that is made.
     */
    AcceptStats ensureAcceptStats() {
        AcceptStats known = accepts;
        while (known == null) {
            AcceptStats fresh = new AcceptStats();
            known = ACCEPTS.compareAndSet(this, null, fresh) ? fresh : accepts;
        }
        return known;
    }
}
