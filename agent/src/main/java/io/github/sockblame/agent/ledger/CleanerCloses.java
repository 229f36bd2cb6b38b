// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The sockets that the program dropped without closing them, and that the JDK's Cleaner closed: all of them counted, the latest
 * remembered.
 *
 * <p>Written by the Cleaner's thread alone, without a lock; a reader sees each of the latest or the one that took its place.
 */
public final class CleanerCloses {

    private static final int REMEMBERED = 1024;

    private final AtomicReferenceArray<TrackedSocket> latest = new AtomicReferenceArray<>(REMEMBERED);
    private final AtomicLong count = new AtomicLong();

    void add(TrackedSocket socket) {
        latest.set((int) (count.getAndIncrement() % REMEMBERED), socket);
    }

    /** How many there were. */
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

    void resolve(StackInterner pool) {
        for (TrackedSocket socket : latest()) {
            socket.resolve(pool);
        }
    }
}
