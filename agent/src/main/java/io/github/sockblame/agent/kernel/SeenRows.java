// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

/**
 * Recognizes repeated rows without an inode, by a 64-bit hash of their two addresses (FNV-1a): if a table grows while
 * it is read, the kernel gives some rows twice. A row needs no object.
 */
final class SeenRows {

    /** More than wait in all accept queues of a healthy host; at most a megabyte. */
    private static final int MOST = 1 << 16;

    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private long[] slots = new long[64]; // a power of two; 0 is empty
    private int used;

    /** Returns whether there is no room for any further row. */
    boolean isFull() {
        return used == MOST;
    }

    /** Adds the row with these bytes; false if it is a repeated one. */
    boolean add(byte[] bytes, int from, int to) {
        long hash = BASIS;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i]) * PRIME;
        }
        hash = hash == 0 ? 1 : hash;
        if (!put(slots, hash)) {
            return false;
        }
        if (++used * 2 > slots.length) {
            long[] larger = new long[slots.length * 2];
            for (long known : slots) {
                if (known != 0) {
                    boolean unused = put(larger, known);
                }
            }
            slots = larger;
        }
        return true;
    }

    private static boolean put(long[] into, long hash) {
        int slot = (int) (hash ^ hash >>> 32) & (into.length - 1);
        while (into[slot] != 0) {
            if (into[slot] == hash) {
                return false;
            }
            slot = (slot + 1) & (into.length - 1);
        }
        into[slot] = hash;
        return true;
    }
}
