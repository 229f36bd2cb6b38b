// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** What only few sockets have. Written by whoever writes the {@link TrackedSocket}. */
final class Particulars {

    /** Of those that have none; nothing is written there. */
    static final Particulars NONE = new Particulars();

    private static final AtomicReferenceFieldUpdater<Particulars, @Nullable Accepts> ACCEPTS =
            AtomicReferenceFieldUpdater.newUpdater(Particulars.class, Accepts.class, "accepts");

    volatile @Nullable Witness endOfTls;
    volatile @Nullable Witness lastUse;
    volatile @Nullable Accepts accepts;
    volatile @Nullable ConnectionEnds ends;
    volatile boolean lookedAtCloser;
    volatile boolean picked;
    volatile long tracedOpen;
    volatile long tracedEnd;
    volatile long tracedClose;
    volatile long closedMillis;

    /** Not volatile: it is asked for by the thread that wrote it. */
    @Nullable String readFor;

    /** Two threads that accept at once, where the listening was not seen, count at one place: the first that is made. */
    Accepts acceptsMade() {
        Accepts known = accepts;
        while (known == null) {
            Accepts fresh = new Accepts();
            known = ACCEPTS.compareAndSet(this, null, fresh) ? fresh : accepts;
        }
        return known;
    }
}
