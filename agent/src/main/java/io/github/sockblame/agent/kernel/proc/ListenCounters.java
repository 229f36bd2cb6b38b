// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.proc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads {@code net/netstat}, and keeps two counters of its group {@code TcpExt}: a line of names, and one of values in
 * the same order. They count all listeners of the network namespace since it was made.
 */
public final class ListenCounters implements LineHandler {

    private static final byte[] GROUP = ascii("TcpExt:");
    private static final byte[] OVERFLOWS = ascii("ListenOverflows");
    private static final byte[] DROPS = ascii("ListenDrops");

    private boolean named;
    private int placeOfOverflows = -1;
    private int placeOfDrops = -1;
    private long overflows = -1;
    private long drops = -1;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Connections that were refused because an accept queue was full ({@code ListenOverflows}); -1 if unknown. */
    public long overflows() {
        return overflows;
    }

    /**
     * Connections that a listener dropped for any reason, including the overflows ({@code ListenDrops}); -1 if unknown.
     */
    public long drops() {
        return drops;
    }

    @Override
    public boolean read(byte[] bytes, int from, int to) {
        if (!is(GROUP, bytes, from, end(bytes, from, to))) {
            return true; // another group
        }
        boolean values = named;
        named = true;
        int place = 0;
        for (int start = next(bytes, from, to); start < to; start = next(bytes, start, to)) {
            int end = end(bytes, start, to);
            if (values) {
                take(place, ByteDigits.decimal(bytes, start, end));
            } else if (is(OVERFLOWS, bytes, start, end)) {
                placeOfOverflows = place;
            } else if (is(DROPS, bytes, start, end)) {
                placeOfDrops = place;
            }
            place++;
        }
        return !values || (overflows >= 0 && drops >= 0);
    }

    private void take(int place, long value) {
        if (place == placeOfOverflows) {
            overflows = value;
        } else if (place == placeOfDrops) {
            drops = value;
        }
    }

    /** The start of the word behind the one that begins here; {@code to} if there is none. */
    private static int next(byte[] bytes, int from, int to) {
        int i = end(bytes, from, to);
        while (i < to && bytes[i] == ' ') {
            i++;
        }
        return i;
    }

    private static int end(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != ' ') {
            i++;
        }
        return i;
    }

    private static boolean is(byte[] word, byte[] bytes, int from, int to) {
        return Arrays.equals(word, 0, word.length, bytes, from, to);
    }
}
