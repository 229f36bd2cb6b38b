// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.agent.collection.ChunkedArray;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The descriptor that last gave each number back, by its identity hash code. A program may read from a closed socket;
 * TLS then returns -1. Without this table such a socket would look like one from before the agent.
 */
final class LastClosedDescriptors extends ChunkedArray<AtomicIntegerArray> {

    @Override
    protected AtomicIntegerArray newChunk() {
        return new AtomicIntegerArray(CHUNK);
    }

    /** Must be called while the number is still taken. */
    void record(int fd, int identity) {
        if (inRange(fd)) {
            ensureChunkOf(fd).set(slot(fd), identity);
        }
    }

    boolean wasLast(int fd, int identity) {
        AtomicIntegerArray chunk = chunkOf(fd);
        return chunk != null && chunk.get(slot(fd)) == identity;
    }
}
