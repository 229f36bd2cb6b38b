// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** What only few sockets have. Written by whoever writes the {@link TrackedSocket}. */
final class RareSocketState {

    /** Of those that have none; nothing is written there. */
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

    /** Not volatile: it is asked for by the thread that wrote it. */
    @Nullable String readFor;

    /** Two threads that accept at once, where the listening was not seen, count at one place: the first that is made. */
    AcceptStats ensureAcceptStats() {
        AcceptStats known = accepts;
        while (known == null) {
            AcceptStats fresh = new AcceptStats();
            known = ACCEPTS.compareAndSet(this, null, fresh) ? fresh : accepts;
        }
        return known;
    }
}
