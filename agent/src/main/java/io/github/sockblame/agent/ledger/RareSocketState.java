// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.agent.capture.CapturedEvent;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** State that only few sockets have. The writers are those of the {@link TrackedSocket}. */
final class RareSocketState {

    /** The shared object of sockets without such state; it is never written. */
    static final RareSocketState NONE = new RareSocketState();

    private static final AtomicReferenceFieldUpdater<RareSocketState, @Nullable AcceptStats> ACCEPTS =
            AtomicReferenceFieldUpdater.newUpdater(RareSocketState.class, AcceptStats.class, "accepts");

    volatile @Nullable CapturedEvent closeNotify;
    volatile @Nullable CapturedEvent lastUse;
    volatile @Nullable WeakReference<Thread> eofThread;
    volatile @Nullable AcceptStats accepts;
    volatile @Nullable ConnectionEndpoints endpoints;
    volatile boolean capturesUse;
    volatile long unreachableSince; // in milliseconds since the epoch; 0 if no round has found it so
    volatile boolean sampled;
    volatile long openSequence; // in the TraceRing; 0 if it was not traced
    volatile long eofSequence;
    volatile long closeSequence;
    volatile long closedMillis; // since the epoch; 0 if it is open, or if the close was not traced

    /**
     * The class of the handler for which a thread of an asynchronous channel's group is about to read. Not volatile,
     * because the thread that wrote it reads it.
     */
    @Nullable String pendingReadHandler;

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
