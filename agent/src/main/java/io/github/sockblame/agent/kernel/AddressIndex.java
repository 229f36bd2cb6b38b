// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import java.util.Arrays;

/**
 * A number for each different address of a column, from 0 on. The key is the bytes that the kernel printed, so a row
 * needs no object.
 */
final class AddressIndex {

    private final int most;
    private byte[][] addresses = new byte[16][]; // by number
    private int[] numbers = new int[2 * addresses.length]; // by hash, a power of two: the number and one; 0 is none
    private int used;

    /** Has room for so many addresses. */
    AddressIndex(int most) {
        this.most = most;
    }

    /** The number of addresses: one more than the largest number. */
    int size() {
        return used;
    }

    /** The number of the address in this range; -1 if there is no room for it. */
    int slot(byte[] bytes, int from, int to) {
        int place = place(bytes, from, to);
        if (numbers[place] != 0) {
            return numbers[place] - 1;
        }
        if (used == most) {
            return -1;
        }
        if (used == addresses.length) {
            grow();
            place = place(bytes, from, to);
        }
        addresses[used] = Arrays.copyOfRange(bytes, from, to);
        numbers[place] = ++used;
        return used - 1;
    }

    /** The address with this number. */
    byte[] at(int slot) {
        return addresses[slot];
    }

    /** The index at which the number of these bytes is, or would be. */
    private int place(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        int place = (hash ^ hash >>> 16) & (numbers.length - 1);
        while (numbers[place] != 0 && !isAt(numbers[place] - 1, bytes, from, to)) {
            place = (place + 1) & (numbers.length - 1);
        }
        return place;
    }

    private boolean isAt(int slot, byte[] bytes, int from, int to) {
        byte[] known = addresses[slot];
        return Arrays.equals(known, 0, known.length, bytes, from, to);
    }

    private void grow() {
        addresses = Arrays.copyOf(addresses, 2 * addresses.length);
        numbers = new int[2 * addresses.length];
        for (int slot = 0; slot < used; slot++) {
            numbers[place(addresses[slot], 0, addresses[slot].length)] = slot + 1;
        }
    }
}
