// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import io.github.sockblame.agent.kernel.proc.ByteDigits;
import io.github.sockblame.agent.kernel.proc.PortRange;
import io.github.sockblame.report.Endpoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Addresses as {@code /proc/net} prints them: one (IPv4) or four (IPv6) words of 8 hexadecimal digits in host byte order. */
public final class ProcAddressFormat {

    private static final int WORD_DIGITS = 8;
    private static final int GROUPS = 8;

    private ProcAddressFormat() {}

    /** The address and the port after its colon; null if the range has none. */
    static @Nullable Endpoint endpoint(byte[] bytes, int from, int to, ByteOrder order) {
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        long port = ByteDigits.hex(bytes, colon + 1, to);
        if (port < 0 || port > PortRange.MOST_PORT) {
            return null;
        }
        String address = text(bytes, from, colon, order);
        return address == null ? null : new Endpoint(address, (int) port);
    }

    /**
     * The same for an address in Java's form.
     *
     * @param address 4 or 16 bytes in network order, as {@link java.net.InetAddress#getAddress} has them
     */
    public static Endpoint endpoint(byte[] address, int port) {
        ByteBuffer bytes = ByteBuffer.wrap(address);
        if (address.length == 4) {
            return new Endpoint(ipv4(Integer.toUnsignedLong(bytes.getInt())), port);
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = Short.toUnsignedInt(bytes.getShort());
        }
        return new Endpoint(text(groups), port);
    }

    /**
     * The address as text: an IPv4-mapped one as IPv4, any other IPv6 address as RFC 5952 writes it. Null if the range is
     * no address.
     */
    static @Nullable String text(byte[] bytes, int from, int to, ByteOrder order) {
        if (to - from == WORD_DIGITS) {
            long word = word(bytes, from, order);
            return word < 0 ? null : ipv4(word);
        }
        if (to - from != 4 * WORD_DIGITS) {
            return null;
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < 4; i++) {
            long word = word(bytes, from + i * WORD_DIGITS, order);
            if (word < 0) {
                return null;
            }
            groups[2 * i] = (int) (word >>> 16);
            groups[2 * i + 1] = (int) word & 0xffff;
        }
        return text(groups);
    }

    private static String text(int[] groups) {
        return isMapped(groups) ? ipv4((long) groups[6] << 16 | groups[7]) : ipv6(groups);
    }

    /** The word in network order; -1 if there is none. */
    private static long word(byte[] bytes, int from, ByteOrder order) {
        long word = ByteDigits.hex(bytes, from, from + WORD_DIGITS);
        if (word < 0 || order == ByteOrder.BIG_ENDIAN) {
            return word;
        }
        return Integer.toUnsignedLong(Integer.reverseBytes((int) word));
    }

    private static boolean isMapped(int[] groups) {
        for (int i = 0; i < 5; i++) {
            if (groups[i] != 0) {
                return false;
            }
        }
        return groups[5] == 0xffff;
    }

    private static String ipv4(long word) {
        StringBuilder text = new StringBuilder(15);
        for (int shift = 24; shift >= 0; shift -= 8) {
            text.append(word >>> shift & 0xff);
            if (shift > 0) {
                text.append('.');
            }
        }
        return text.toString();
    }

    private static String ipv6(int[] groups) {
        int zerosFrom = -1;
        int zeros = 1; // A single zero group is not shortened.
        for (int i = 0; i < GROUPS; i++) {
            int run = zeroRun(groups, i);
            if (run > zeros) {
                zerosFrom = i;
                zeros = run;
            }
        }
        StringBuilder text = new StringBuilder(39);
        int i = 0;
        while (i < GROUPS) {
            if (i == zerosFrom) {
                text.append("::");
                i += zeros;
            } else {
                if (i > 0 && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i++]));
            }
        }
        return text.toString();
    }

    private static int zeroRun(int[] groups, int from) {
        int i = from;
        while (i < GROUPS && groups[i] == 0) {
            i++;
        }
        return i - from;
    }
}
