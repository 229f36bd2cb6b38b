// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The descriptor that last gave each number back, by its identity hash code. A program may read from a closed socket;
 * TLS then returns -1. Without this table such a socket would look like one from before the agent.
 */
final class LastClosedDescriptors {

    private static final int CHUNK_BITS = 10;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int CHUNKS = 4096;

    private final AtomicReferenceArray<@Nullable AtomicIntegerArray> chunks = new AtomicReferenceArray<>(CHUNKS);

    /** Must be called while the number is still taken. */
    void record(int fd, int identity) {
        if (holds(fd)) {
            chunkOf(fd).set(fd & (CHUNK - 1), identity);
        }
    }

    boolean wasLast(int fd, int identity) {
        AtomicIntegerArray chunk = holds(fd) ? chunks.get(fd >> CHUNK_BITS) : null;
        return chunk != null && chunk.get(fd & (CHUNK - 1)) == identity;
    }

    private static boolean holds(int fd) {
        return fd >= 0 && fd >> CHUNK_BITS < CHUNKS;
    }

    private AtomicIntegerArray chunkOf(int fd) {
        AtomicIntegerArray chunk = chunks.get(fd >> CHUNK_BITS);
        if (chunk != null) {
            return chunk;
        }
        AtomicIntegerArray fresh = new AtomicIntegerArray(CHUNK);
        AtomicIntegerArray witness = chunks.compareAndExchange(fd >> CHUNK_BITS, null, fresh);
        return witness == null ? fresh : witness;
    }
}
