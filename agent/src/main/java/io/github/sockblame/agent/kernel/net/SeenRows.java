// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import io.github.sockblame.agent.collection.LongIndex;

/**
 * Recognizes repeated rows without an inode, by a 64-bit hash of their two addresses: if a table grows while it is
 * read, the kernel gives some rows twice. A row needs no object.
 */
final class SeenRows {

    /** More than wait in all accept queues of a healthy host; at most a megabyte. */
    private static final int MAX_ROWS = 1 << 16;

    private final LongIndex hashes = new LongIndex(16);

    /** Returns whether there is no room for any further row. */
    boolean isFull() {
        return hashes.size() == MAX_ROWS;
    }

    /** Adds the row with these bytes; false if it is a repeated one. */
    boolean add(byte[] bytes, int from, int to) {
        int before = hashes.size();
        return hashes.add(ByteHash.of(bytes, from, to)) == before;
    }
}
