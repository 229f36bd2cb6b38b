// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import io.github.sockblame.agent.collection.LongIndex;
import java.util.Arrays;

/**
 * A number for each different address of a column, from 0 on. The key is the bytes that the kernel printed, so a row
 * needs no object.
 */
final class AddressIndex {

    private final int most;
    private final LongIndex hashes = new LongIndex(16);
    private byte[][] addresses = new byte[16][]; // by number

    /** Has room for so many addresses. */
    AddressIndex(int most) {
        this.most = most;
    }

    /** The number of addresses: one more than the largest number. */
    int size() {
        return hashes.size();
    }

    /** The number of the address in this range, which is added if it is new; -1 if there is no room for it. */
    int add(byte[] bytes, int from, int to) {
        long hash = ByteHash.of(bytes, from, to);
        int number = hashes.numberOf(hash);
        while (number >= 0 && !isAt(number, bytes, from, to)) {
            number = hashes.numberOf(++hash); // another address has the same hash
        }
        if (number >= 0 || size() == most) {
            return number;
        }
        number = hashes.add(hash);
        if (number == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * number);
        }
        addresses[number] = Arrays.copyOfRange(bytes, from, to);
        return number;
    }

    /** The address with this number. */
    byte[] at(int number) {
        return addresses[number];
    }

    private boolean isAt(int number, byte[] bytes, int from, int to) {
        byte[] known = addresses[number];
        return Arrays.equals(known, 0, known.length, bytes, from, to);
    }
}
