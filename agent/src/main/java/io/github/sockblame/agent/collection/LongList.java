// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.collection;

import java.util.Arrays;

/** Numbers in the order in which they were added, until they are sorted. No number has an object of its own. */
public final class LongList {

    private long[] numbers = new long[8];
    private int size;

    /** Adds a number at the end. */
    public void add(long number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size + (size >> 1));
        }
        numbers[size++] = number;
    }

    /** The number at this index, 0 to {@link #size} - 1. */
    public long get(int index) {
        return numbers[index];
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Brings the numbers into ascending order. */
    public void sort() {
        Arrays.sort(numbers, 0, size);
    }

    /** The number of numbers that are larger than this one. */
    public int countAfter(long limit) {
        int after = 0;
        for (int i = 0; i < size; i++) {
            after += numbers[i] > limit ? 1 : 0;
        }
        return after;
    }
}
