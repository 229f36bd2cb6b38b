// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import org.jspecify.annotations.Nullable;

/** Addresses that begin with the same bits: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address alone. */
public final class Network {

    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /** Null if it is none, or if it has bits behind those that count: that is no network but a slip. */
    public static @Nullable Network parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = NumericAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int all = 8 * address.length;
        int bits = slash < 0 ? all : Digits.parse(text.substring(slash + 1), 3, 10);
        if (bits < 0 || bits > all) {
            return null;
        }
        for (int i = bits; i < all; i++) {
            if (bit(address, i) != 0) {
                return null;
            }
        }
        return new Network(address, bits);
    }

    /** Whether this numeric address is one of them. */
    public boolean contains(String text) {
        byte[] other = NumericAddress.parse(text);
        if (other == null || other.length != address.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            if (bit(other, i) != bit(address, i)) {
                return false;
            }
        }
        return true;
    }

    private static int bit(byte[] bytes, int at) {
        return bytes[at / 8] >> (7 - at % 8) & 1;
    }
}
