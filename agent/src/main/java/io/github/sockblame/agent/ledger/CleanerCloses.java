// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The sockets that the program dropped without a close, and that the JDK's Cleaner closed: a count of all, and the
 * latest ones.
 *
 * <p>Only the Cleaner's thread writes, without a lock. A reader sees each of the latest ones, or the one that replaced
 * it.
 */
public final class CleanerCloses {

    private static final int REMEMBERED = 1024;

    private final AtomicReferenceArray<TrackedSocket> latest = new AtomicReferenceArray<>(REMEMBERED);
    private final AtomicLong count = new AtomicLong();

    void add(TrackedSocket socket) {
        latest.set((int) (count.getAndIncrement() % REMEMBERED), socket);
    }

    /** Their number. */
    public long count() {
        return count.get();
    }

    /** The latest of them, in no order. */
    public List<TrackedSocket> latest() {
        List<TrackedSocket> sockets = new ArrayList<>();
        for (int i = 0; i < REMEMBERED; i++) {
            TrackedSocket socket = latest.get(i);
            if (socket != null) {
                sockets.add(socket);
            }
        }
        return sockets;
    }
}
