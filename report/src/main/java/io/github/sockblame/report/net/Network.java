// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.net;

import org.jspecify.annotations.Nullable;

/** Addresses that begin with the same bits: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or a single address. */
public final class Network {

    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /** Returns null if the text is no network, or if it has bits behind the prefix, because that is a typing error. */
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

    /** Returns whether this numeric address is in the network. */
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
