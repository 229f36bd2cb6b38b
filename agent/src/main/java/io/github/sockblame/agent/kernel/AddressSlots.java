// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A number for each different address of a column, found by the bytes that the kernel printed: no object a row. */
final class AddressSlots {

    private final int most;
    private final byte[] @Nullable [] addresses;
    private int used;

    /** With room for so many addresses, a power of two. */
    AddressSlots(int most) {
        this.most = most;
        addresses = new byte[2 * most][];
    }

    /** One more than the largest number. */
    int size() {
        return addresses.length;
    }

    /** The number of the address in this range; -1 if there is no room for it. */
    int slot(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ hash >>> 16) & (addresses.length - 1);
        for (byte[] known = addresses[slot]; known != null; known = addresses[slot]) {
            if (Arrays.equals(known, 0, known.length, bytes, from, to)) {
                return slot;
            }
            slot = (slot + 1) & (addresses.length - 1);
        }
        if (used == most) {
            return -1;
        }
        used++;
        addresses[slot] = Arrays.copyOfRange(bytes, from, to);
        return slot;
    }

    /** The address with this number; null if no address has it. */
    byte @Nullable [] at(int slot) {
        return addresses[slot];
    }
}
