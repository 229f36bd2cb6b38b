// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.memory;

import org.jspecify.annotations.Nullable;

/**
 * Detects that the heap is too full for the JDK's own JMX connector, or for the start of the agent. Either takes some
 * megabytes at once, and nothing in between asks how many are free.
 *
 * <p>Not thread-safe.
 */
public final class ScarceHeap {

    /**
     * So many bytes have to be free, besides what stays the program's. In a heap of 32 MB a late attach was seen to end
     * the JVM with 3 MB free on JDK 25 with G1, and a request over JMX with 2 MB.
     */
    private static final long LEAST_BYTES = 4 << 20;

    private final HeapRoom room;
    private final Publisher publisher;
    private boolean published;

    /** Gets what is found. */
    public interface Publisher {

        /**
         * Publishes it, without a delay of this thread.
         *
         * @param why one line; null if the heap is no longer scarce
         */
        void publish(@Nullable String why);
    }

    /** Nothing is published yet. */
    public ScarceHeap(HeapRoom room, Publisher publisher) {
        this.room = room;
        this.publisher = publisher;
    }

    /** Reads the figures of the heap, and publishes a change: it has become scarce or is no longer. */
    public void check() {
        String why = reason(room);
        if ((why != null) != published) {
            published = why != null;
            publisher.publish(why);
        }
    }

    /** Returns whether the heap can spare nothing at all. */
    public boolean isFull() {
        return room.freeBytes() == 0;
    }

    /**
     * The reason not to start an agent in this heap; null if there is none. A heap is fullest just before a collection,
     * so this waits for one for two seconds.
     *
     * @param pause waits {@link HeapRoom#COLLECTION_PAUSE_MILLIS}
     */
    public static @Nullable String reasonNotToStart(HeapRoom room, Runnable pause) {
        String why = reason(room);
        for (int pauses = 0; why != null && pauses < HeapRoom.COLLECTION_PAUSES; pauses++) {
            pause.run();
            why = reason(room);
        }
        return why;
    }

    private static @Nullable String reason(HeapRoom room) {
        return room.freeBytes() < LEAST_BYTES
                ? "the heap is nearly full: it can spare less than " + (LEAST_BYTES >> 20) + " MB"
                : null;
    }
}
