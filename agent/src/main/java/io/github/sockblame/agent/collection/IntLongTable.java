// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.collection;

import java.util.Arrays;

/**
 * A {@code long} value for each {@code int} key, in ascending order of the keys. Fast if the keys are added in that
 * order: any other new key moves all that are larger.
 *
 * <p>Not for two threads at once.
 */
public final class IntLongTable {

    private int[] keys = new int[16];
    private long[] values = new long[16];
    private int size;

    /** An empty table. */
    public IntLongTable() {}

    /** An empty table with room for so many keys. */
    public IntLongTable(int room) {
        if (room > keys.length) {
            keys = new int[room];
            values = new long[room];
        }
    }

    /** The number of keys. */
    public int size() {
        return size;
    }

    /** The key at this index, 0 to {@link #size} - 1. */
    public int key(int index) {
        return keys[index];
    }

    /** The value at this index. */
    public long value(int index) {
        return values[index];
    }

    /** The index of this key; negative if it is not in the table. */
    public int indexOf(int key) {
        return Arrays.binarySearch(keys, 0, size, key);
    }

    /** Sets the value of this key. */
    public void put(int key, long value) {
        int index = size == 0 || keys[size - 1] < key ? -size - 1 : indexOf(key);
        if (index < 0) {
            index = -index - 1;
            insert(index, key);
        }
        values[index] = value;
    }

    private void insert(int index, int key) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        System.arraycopy(keys, index, keys, index + 1, size - index);
        System.arraycopy(values, index, values, index + 1, size - index);
        keys[index] = key;
        size++;
    }

    /** Overwrites the entry at one index with that of a later one. The caller truncates the table afterwards. */
    public void moveDown(int from, int to) {
        keys[to] = keys[from];
        values[to] = values[from];
    }

    /** Removes all entries from this index on. */
    public void truncate(int newSize) {
        size = newSize;
    }
}
