// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The sockets that the program has closed: all of them counted, and the latest kept until somebody takes them.
 *
 * <p>Written by the program's threads, without a lock; two that meet in one place leave one of theirs. One at a time may take.
 */
public final class Closes {

    private static final int KEPT = 512;

    /** More threads than are between counting and laying down at one moment. What is behind by more was overwritten. */
    private static final int MOST_AT_ONCE = 16;

    private final AtomicReferenceArray<TrackedSocket> latest = new AtomicReferenceArray<>(KEPT);
    private final AtomicLong count = new AtomicLong();

    /** What was closed since the last time: how many, and some of them. */
    public record Taken(long count, List<TrackedSocket> some) {

        /** For how many each of them stands. */
        public double weight() {
            return some.isEmpty() ? 0 : (double) count / some.size();
        }
    }

    private long taken;

    void add(TrackedSocket socket) {
        latest.lazySet((int) (count.getAndIncrement() % KEPT), socket);
    }

    /** What was closed since the last call; of more than {@code most} so many, picked evenly from the latest. */
    public Taken take(int most) {
        long now = count.get();
        List<TrackedSocket> kept = new ArrayList<>();
        for (int i = 0; i < KEPT; i++) {
            TrackedSocket socket = latest.getAndSet(i, null);
            if (socket != null) {
                kept.add(socket);
            }
        }
        // a thread may have counted its socket and not laid it down yet: that one counts with those of the next time
        long closed = now - taken > KEPT ? now - taken : kept.size();
        taken = Math.max(taken + closed, now - MOST_AT_ONCE);
        List<TrackedSocket> some = new ArrayList<>();
        int step = Math.max(1, (kept.size() + most - 1) / most);
        for (int i = 0; i < kept.size(); i += step) {
            some.add(kept.get(i));
        }
        return new Taken(Math.max(closed, some.size()), some);
    }
}
