// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.agent.collection.ChunkedArray;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/*
 * Concurrency. There is one slot per descriptor number. The thread that opens or closes a number writes its slot. The
 * kernel gives a number to one owner at a time: the open event comes after the kernel gave the number, and the close
 * event before it takes the number back. So two writers never meet in a slot, and no lock or retry is needed. Events
 * that may come after the close write only into an empty slot (see {@link SocketRegistry}). A reader that walks the table sees each
 * slot as it was at some moment of the walk.
 */
/** The ledger's slots: one for each file descriptor number, empty if that number is no socket with a record. */
final class SocketTable extends ChunkedArray<AtomicReferenceArray<@Nullable TrackedSocket>> {

    private volatile int latestCount; // a little more than the records of the latest call of all

    @Override
    protected AtomicReferenceArray<@Nullable TrackedSocket> newChunk() {
        return new AtomicReferenceArray<>(CHUNK);
    }

    @Nullable TrackedSocket get(int fd) {
        AtomicReferenceArray<@Nullable TrackedSocket> chunk = chunkOf(fd);
        return chunk == null ? null : chunk.get(slot(fd));
    }

    /** Fills the slot and returns what was in it. */
    @Nullable TrackedSocket put(TrackedSocket socket) {
        return ensureChunkOf(socket.fd()).getAndSet(slot(socket.fd()), socket);
    }

    /** Fills the slot if it is empty. */
    boolean putIfAbsent(TrackedSocket socket) {
        return ensureChunkOf(socket.fd()).compareAndSet(slot(socket.fd()), null, socket);
    }

    /** Empties the slot and returns what was in it. */
    @Nullable TrackedSocket remove(int fd) {
        AtomicReferenceArray<@Nullable TrackedSocket> chunk = chunkOf(fd);
        return chunk == null ? null : chunk.getAndSet(slot(fd), null);
    }

    /** Empties the slot if it holds this very record. */
    boolean remove(TrackedSocket socket) {
        AtomicReferenceArray<@Nullable TrackedSocket> chunk = chunkOf(socket.fd());
        return chunk != null && chunk.compareAndSet(slot(socket.fd()), socket, null);
    }

    /** All records, by number. */
    List<TrackedSocket> all() {
        List<TrackedSocket> all = new ArrayList<>(latestCount);
        for (int i = 0; i < CHUNKS; i++) {
            AtomicReferenceArray<@Nullable TrackedSocket> chunk = chunk(i);
            for (int j = 0; chunk != null && j < CHUNK; j++) {
                TrackedSocket socket = chunk.get(j);
                if (socket != null) {
                    all.add(socket);
                }
            }
        }
        latestCount = all.size() + all.size() / 16;
        return all;
    }
}
