// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.proc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Reads numbers as the kernel prints them, without an object. */
public final class ByteDigits {

    /** More digits than any figure of the kernel has here, and few enough for a long. */
    private static final int MAX_DIGITS = 15;

    /** The value of each ASCII character as a hexadecimal digit; -1 if it is none. Several digits are read for each row of a large table. */
    private static final byte[] VALUES = new byte[Byte.MAX_VALUE + 1];

    static {
        for (int i = 0; i < VALUES.length; i++) {
            VALUES[i] = (byte) Character.digit(i, 16);
        }
    }

    private ByteDigits() {}

    /** The decimal number of up to 15 digits in this range; -1 if there is none. */
    public static long decimal(byte[] bytes, int from, int to) {
        return number(bytes, from, to, 10);
    }

    /** The decimal number of up to 15 digits that the text is; -1 if it is none. */
    public static long decimal(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        return decimal(bytes, 0, bytes.length);
    }

    /** The hexadecimal number of up to 15 digits in this range; -1 if there is none. */
    public static long hex(byte[] bytes, int from, int to) {
        return number(bytes, from, to, 16);
    }

    private static long number(byte[] bytes, int from, int to, int radix) {
        if (from >= to || to - from > MAX_DIGITS) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] < 0 ? -1 : VALUES[bytes[i]];
            if (digit < 0 || digit >= radix) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
