// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import io.github.sockblame.agent.kernel.proc.ByteDigits;
import io.github.sockblame.agent.kernel.proc.FieldSplitter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One number for a connection of this host: a 64-bit hash of its local port, remote address and remote port. It is
 * equal for an IPv4 address and for the same one mapped into IPv6, which the kernel prints in another table.
 *
 * <p>The local address is left out, because {@code java.net.Socket} does not keep it. So two connections from two
 * addresses of this host have the same key if they differ in nothing else.
 */
public final class ConnectionKey {

    private static final int WORD_DIGITS = 8;
    private static final int MAPPED = 0xffff;

    private ConnectionKey() {}

    /**
     * The key of a connection.
     *
     * @param remoteAddress 4 or 16 bytes in network order, as {@link java.net.InetAddress#getAddress} has them
     */
    public static long of(byte[] remoteAddress, int remotePort, int localPort) {
        ByteBuffer words = ByteBuffer.wrap(remoteAddress);
        return remoteAddress.length == 4
                ? of(words.getInt(), remotePort, localPort)
                : of(words.getInt(), words.getInt(), words.getInt(), words.getInt(), remotePort, localPort);
    }

    /** The key of a table's row, without an object; 0, which is no key, if the row is malformed. */
    static long of(FieldSplitter row, ByteOrder order) {
        long localPort = row.hexAfterColon(InetColumns.LOCAL);
        long remotePort = row.hexAfterColon(InetColumns.REMOTE);
        int from = row.from(InetColumns.REMOTE);
        int digits = row.colon(InetColumns.REMOTE) - from;
        if (localPort < 0 || remotePort < 0) {
            return 0;
        }
        if (digits == WORD_DIGITS) {
            return of(word(row, from, 0, order), (int) remotePort, (int) localPort);
        }
        return digits != 4 * WORD_DIGITS
                ? 0
                : of(
                        word(row, from, 0, order),
                        word(row, from, 1, order),
                        word(row, from, 2, order),
                        word(row, from, 3, order),
                        (int) remotePort,
                        (int) localPort);
    }

    private static int word(FieldSplitter row, int from, int number, ByteOrder order) {
        int start = from + number * WORD_DIGITS;
        int word = (int) ByteDigits.hex(row.bytes(), start, start + WORD_DIGITS);
        return order == ByteOrder.BIG_ENDIAN ? word : Integer.reverseBytes(word);
    }

    private static long of(int word, int remotePort, int localPort) {
        return finished(mixed(Integer.toUnsignedLong(word)), remotePort, localPort);
    }

    private static long of(int first, int second, int third, int fourth, int remotePort, int localPort) {
        if (first == 0 && second == 0 && third == MAPPED) {
            return of(fourth, remotePort, localPort);
        }
        long upper = (long) first << 32 | Integer.toUnsignedLong(second);
        long lower = (long) third << 32 | Integer.toUnsignedLong(fourth);
        return finished(mixed(mixed(upper) + lower), remotePort, localPort);
    }

    private static long finished(long address, int remotePort, int localPort) {
        long key = mixed(address + ((long) remotePort << 16 | localPort));
        return key == 0 ? 1 : key;
    }

    /** The finalizer of SplitMix64: each bit of the result depends on each bit of the argument. */
    private static long mixed(long bits) {
        long mixed = bits + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
