// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.collection;

import java.util.Arrays;

/**
 * A set of different {@code long} keys, which have the numbers 0, 1, 2 and so on in the order in which they were added.
 * A number is for good, so values can be kept in arrays beside the set. There is no removal.
 *
 * <p>Open addressing with linear probing; at most half of the slots are taken. The keys should be hashes, or numbers
 * in sequence, which get neighbouring slots.
 *
 * <p>Not for two threads at once.
 */
public final class LongIndex {

    private long[] keys; // by number
    private int[] slots; // a power of two; a number and one, 0 is empty
    private int size;

    /** Creates a set that has room for so many keys before it grows. */
    public LongIndex(int expected) {
        int room = Math.max(1, expected);
        keys = new long[room];
        slots = new int[Integer.highestOneBit(room) * 4];
    }

    /** The number of keys: one more than the largest number. */
    public int size() {
        return size;
    }

    /** The key with this number, 0 to {@link #size} - 1. */
    public long key(int number) {
        return keys[number];
    }

    /** The number of this key; -1 if it is not in the set. */
    public int numberOf(long key) {
        return slots[slotOf(key)] - 1;
    }

    /** Adds a key, unless it is in the set, and returns its number. */
    public int add(long key) {
        int slot = slotOf(key);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
        }
        keys[size] = key;
        slots[slot] = ++size;
        if (size * 2 > slots.length) {
            enlargeSlots();
        }
        return size - 1;
    }

    private void enlargeSlots() {
        slots = new int[slots.length * 2];
        for (int number = 0; number < size; number++) {
            slots[slotOf(keys[number])] = number + 1;
        }
    }

    /** The slot that has this key, or else the one for it. */
    private int slotOf(long key) {
        int slot = (int) (key ^ key >>> 32) & (slots.length - 1);
        while (slots[slot] != 0 && keys[slots[slot] - 1] != key) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }
}
