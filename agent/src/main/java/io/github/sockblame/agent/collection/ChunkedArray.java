// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.collection;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/*
 * Concurrency. A chunk is made once, and never moved. Two threads that need the same new chunk both make one, and the
 * first to exchange it into the array wins: the other one uses that chunk too. So no lock or retry is needed, and no
 * write into a chunk is lost. The exchange publishes the new chunk. What happens within a chunk is up to its type: an
 * atomic array for several threads, a plain one for a single thread.
 */
/**
 * Slots by index, in chunks of {@value #CHUNK} that are made at the first use. Memory follows the indexes in use, if
 * these are low numbers, as descriptors are: the kernel hands out the lowest number that is free.
 *
 * @param <C> a chunk: an array of any kind with {@value #CHUNK} slots
 */
public abstract class ChunkedArray<C> {

    private static final int CHUNK_BITS = 10;

    /** The number of slots in a chunk. */
    protected static final int CHUNK = 1 << CHUNK_BITS;

    /** Room for four million descriptors; Linux allows a million unless {@code fs.nr_open} was raised. */
    protected static final int CHUNKS = 4096;

    private final AtomicReferenceArray<@Nullable C> chunks = new AtomicReferenceArray<>(CHUNKS);

    /** A chunk of empty slots. */
    protected abstract C newChunk();

    /** Returns whether the array has a slot with this index. */
    public final boolean inRange(int index) {
        return index >= 0 && index >> CHUNK_BITS < CHUNKS;
    }

    /** The place of this index in its chunk. */
    protected static int slot(int index) {
        return index & (CHUNK - 1);
    }

    /** The chunk with this index; null if it was not made, as for an index out of range. */
    protected final @Nullable C chunkOf(int index) {
        return inRange(index) ? chunks.get(index >> CHUNK_BITS) : null;
    }

    /**
     * The chunk with this index, made if there is none.
     *
     * @throws IndexOutOfBoundsException if the index is out of range
     */
    protected final C ensureChunkOf(int index) {
        C chunk = chunks.get(index >> CHUNK_BITS);
        if (chunk != null) {
            return chunk;
        }
        C fresh = newChunk();
        C witness = chunks.compareAndExchange(index >> CHUNK_BITS, null, fresh);
        return witness == null ? fresh : witness;
    }

    /** The chunk with this number, 0 to {@link #CHUNKS} - 1; null if it was not made. */
    protected final @Nullable C chunk(int number) {
        return chunks.get(number);
    }

    /** Gives up a chunk whose slots are empty. Only for an array that one thread uses: another may still write into it. */
    protected final void dropChunk(int number) {
        chunks.set(number, null);
    }
}
