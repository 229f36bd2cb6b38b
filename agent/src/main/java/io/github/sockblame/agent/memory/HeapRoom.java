// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.memory;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The room that the heap has for a piece of the agent's work. The work asks first, because the JVM acts on a lack of
 * memory before any {@code catch}: ExitOnOutOfMemoryError, CrashOnOutOfMemoryError, HeapDumpOnOutOfMemoryError and
 * OnOutOfMemoryError.
 *
 * <p>{@link Runtime} has the bytes in use, and many of them are garbage. A fall of that figure from one look to the next
 * is a collection, and shows which part of the bytes before it was alive. That part is assumed of the bytes since then,
 * so the estimate is high while the program grows, and lower when it is level. Before the first collection all bytes in
 * use count. No class of java.management is needed.
 *
 * <p>A program that opens thousands of connections grows while the agent works. So long work looks again and again
 * whether its memory {@link #isTaken}.
 *
 * <p><b>Concurrency.</b> One lock, held for some arithmetic. What one report has reserved, another one cannot take.
 */
public final class HeapRoom {

    /** The part of the heap that always stays the program's, as a divisor: its largest arrays need room in one piece. */
    private static final int PROGRAM_SHARE_DIVISOR = 16;

    /** At least so much stays the program's. */
    private static final long PROGRAM_LEAST_BYTES = 1 << 20;

    /** The least part that is assumed to be alive of what was allocated since the latest collection, as a divisor. */
    private static final int LEAST_ALIVE_DIVISOR = 4;

    /** A heap is fullest just before a collection. So many pauses are long enough to see one in a heap that is nearly full. */
    public static final int COLLECTION_PAUSES = 40;

    /** Each of these pauses, in milliseconds. */
    public static final int COLLECTION_PAUSE_MILLIS = 50;

    private final LongSupplier maxBytes;
    private final LongSupplier usedBytes;
    private long lastUsed;
    private long afterCollection;
    private double alivePart = 1;
    private long reserved;

    HeapRoom(LongSupplier maxBytes, LongSupplier usedBytes) {
        this.maxBytes = maxBytes;
        this.usedBytes = usedBytes;
    }

    /** The heap of this JVM. */
    public static HeapRoom ofThisJvm() {
        Runtime runtime = Runtime.getRuntime();
        return new HeapRoom(
                new LongSupplier() { // no lambda: this runs while the program loads a class
                    @Override
                    public long getAsLong() {
                        return runtime.maxMemory();
                    }
                },
                new LongSupplier() {
                    @Override
                    public long getAsLong() {
                        return runtime.totalMemory() - runtime.freeMemory();
                    }
                });
    }

    /** A heap in which there is room for everything; for tests. */
    public static HeapRoom unlimited() {
        return new HeapRoom(() -> Long.MAX_VALUE / 2, () -> 0);
    }

    /** Reads the bytes in use, once in a round, to find the collections. */
    public synchronized void observe() {
        long used = usedBytes.getAsLong();
        if (used < lastUsed) {
            long fresh = Math.max(1, lastUsed - afterCollection);
            double alive = (double) Math.max(0, used - afterCollection) / fresh;
            alivePart = Math.min(1, Math.max(1.0 / LEAST_ALIVE_DIVISOR, alive));
            afterCollection = used;
        }
        lastUsed = used;
    }

    private long aliveBytes() {
        return afterCollection + (long) (Math.max(0, lastUsed - afterCollection) * alivePart);
    }

    /** The bytes that work of the agent may take now; 0 if there are none. */
    public synchronized long freeBytes() {
        observe();
        return Math.max(0, maxBytes.getAsLong() - aliveBytes() - programBytes() - reserved);
    }

    /**
     * Reserves so many bytes until the reservation is closed.
     *
     * @return null if so many are not free
     */
    public synchronized @Nullable Reservation tryReserve(long bytes) {
        if (bytes > freeBytes()) {
            return null;
        }
        reserved += bytes;
        return new Reservation(this, bytes);
    }

    /**
     * Returns whether work that has a reservation should stop: meanwhile the program has taken so much that the work
     * cannot have the rest.
     */
    public synchronized boolean isTaken() {
        observe();
        return maxBytes.getAsLong() - aliveBytes() < programBytes() + reserved / 2;
    }

    private long programBytes() {
        return Math.max(PROGRAM_LEAST_BYTES, maxBytes.getAsLong() / PROGRAM_SHARE_DIVISOR);
    }

    private synchronized void release(long bytes) {
        reserved -= bytes;
    }

    /** Bytes that other work cannot take. */
    public static final class Reservation implements AutoCloseable {

        private final HeapRoom room;
        private long bytes;

        private Reservation(HeapRoom room, long bytes) {
            this.room = room;
            this.bytes = bytes;
        }

        /** Gives the bytes back; a second call has no effect. */
        @Override
        public void close() {
            synchronized (room) {
                room.release(bytes);
                bytes = 0;
            }
        }
    }
}
