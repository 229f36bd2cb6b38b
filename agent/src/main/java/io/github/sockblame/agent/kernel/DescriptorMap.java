// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A value for each descriptor, by its number: a slot each, in chunks, because the kernel hands out the lowest number
 * that is free.
 */
public final class DescriptorMap<T> {

    private static final int CHUNK_BITS = 8;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private @Nullable Chunk[] chunks = new Chunk[16];

    private static final class Chunk {
        final @Nullable Object[] slots = new Object[CHUNK];
    }

    /** The value of this descriptor; null if it has none. */
    @SuppressWarnings("unchecked") // only such are put there
    public @Nullable T get(int fd) {
        int index = fd >> CHUNK_BITS;
        Chunk chunk = index < chunks.length ? chunks[index] : null;
        return chunk == null ? null : (T) chunk.slots[fd & (CHUNK - 1)];
    }

    /** Sets the value of this descriptor. */
    public void set(int fd, T what) {
        int index = fd >> CHUNK_BITS;
        if (index >= chunks.length) {
            chunks = Arrays.copyOf(chunks, Math.max(index + 1, 2 * chunks.length));
        }
        Chunk chunk = chunks[index];
        if (chunk == null) {
            chunk = new Chunk();
            chunks[index] = chunk;
        }
        chunk.slots[fd & (CHUNK - 1)] = what;
    }

    /** Removes the values for which the predicate is true. */
    @SuppressWarnings("unchecked")
    public void removeIf(Predicate<T> isOver) {
        for (int i = 0; i < chunks.length; i++) {
            Chunk chunk = chunks[i];
            if (chunk == null) {
                continue;
            }
            boolean empty = true;
            for (int j = 0; j < CHUNK; j++) {
                T what = (T) chunk.slots[j];
                if (what != null && isOver.test(what)) {
                    chunk.slots[j] = null;
                }
                empty &= chunk.slots[j] == null;
            }
            if (empty) {
                chunks[i] = null;
            }
        }
    }
}
