// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads numeric addresses in every notation, and never calls a name service. */
public final class NumericAddress {

    private static final int GROUPS = 8;

    private NumericAddress() {}

    /**
     * Returns 4 or 16 bytes in network order, and 4 for an IPv4-mapped IPv6 address; null if the text is no address.
     */
    public static byte @Nullable [] parse(String text) {
        return text.indexOf(':') < 0 ? ipv4(text) : ipv6(text);
    }

    private static byte @Nullable [] ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            int value = Digits.parse(parts[i], 3, 10);
            if (value < 0 || value > 255) {
                return null;
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }

    /** RFC 4291, section 2.2. */
    private static byte @Nullable [] ipv6(String text) {
        int zeros = text.indexOf("::");
        if (zeros != text.lastIndexOf("::")) {
            return null;
        }
        List<Integer> head = groups(zeros < 0 ? text : text.substring(0, zeros), zeros < 0);
        List<Integer> tail = groups(zeros < 0 ? "" : text.substring(zeros + 2), true);
        if (head == null || tail == null) {
            return null;
        }
        int given = head.size() + tail.size();
        if (zeros < 0 ? given != GROUPS : given >= GROUPS) {
            return null;
        }
        byte[] bytes = new byte[2 * GROUPS];
        put(head, bytes, 0);
        put(tail, bytes, GROUPS - tail.size());
        return isMapped(bytes) ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
    }

    private static @Nullable List<Integer> groups(String text, boolean atEnd) {
        List<Integer> groups = new ArrayList<>();
        String[] parts = text.isEmpty() ? new String[0] : text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            byte[] ipv4 = atEnd && i == parts.length - 1 ? ipv4(parts[i]) : null;
            int value = Digits.parse(parts[i], 4, 16);
            if (ipv4 != null) {
                groups.add((ipv4[0] & 0xff) << 8 | (ipv4[1] & 0xff));
                groups.add((ipv4[2] & 0xff) << 8 | (ipv4[3] & 0xff));
            } else if (value < 0) {
                return null;
            } else {
                groups.add(value);
            }
        }
        return groups;
    }

    private static void put(List<Integer> groups, byte[] bytes, int at) {
        for (int i = 0; i < groups.size(); i++) {
            bytes[2 * (at + i)] = (byte) (groups.get(i) >>> 8);
            bytes[2 * (at + i) + 1] = (byte) (int) groups.get(i);
        }
    }

    private static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }
}
