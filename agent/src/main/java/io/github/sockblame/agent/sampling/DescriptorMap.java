// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.collection.ChunkedArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A value for each descriptor, by its number. Not for two threads at once.
 *
 * <p>It has room for the same numbers as the ledger, and no value for a higher one.
 */
final class DescriptorMap<T> extends ChunkedArray<@Nullable Object[]> {

    @Override
    protected @Nullable Object[] newChunk() {
        return new Object[CHUNK];
    }

    /** The value of this descriptor; null if it has none. */
    @SuppressWarnings("unchecked") // only such are put there
    public @Nullable T get(int fd) {
        @Nullable Object[] chunk = chunkOf(fd);
        return chunk == null ? null : (T) chunk[slot(fd)];
    }

    /** Sets the value of this descriptor. */
    public void set(int fd, T value) {
        if (inRange(fd)) {
            ensureChunkOf(fd)[slot(fd)] = value;
        }
    }

    /** Removes the values for which the predicate is true. */
    public void removeIf(Predicate<T> isOver) {
        for (int i = 0; i < CHUNKS; i++) {
            @Nullable Object[] chunk = chunk(i);
            if (chunk != null && removeIf(chunk, isOver) == 0) {
                dropChunk(i);
            }
        }
    }

    /** Returns how many values the chunk has left. */
    @SuppressWarnings("unchecked")
    private static <T> int removeIf(@Nullable Object[] chunk, Predicate<T> isOver) {
        int left = 0;
        for (int i = 0; i < CHUNK; i++) {
            T value = (T) chunk[i];
            if (value != null && isOver.test(value)) {
                chunk[i] = null;
            }
            left += chunk[i] == null ? 0 : 1;
        }
        return left;
    }
}
