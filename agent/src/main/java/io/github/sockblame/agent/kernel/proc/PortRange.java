// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.proc;

/**
 * Reads {@code sys/net/ipv4/ip_local_port_range}: the first and the last port that the kernel gives to outgoing
 * connections without a port of their own choice (ip-sysctl), of IPv6 as well.
 */
public final class PortRange implements LineHandler {

    /** The highest port of TCP and of UDP. */
    public static final int MOST_PORT = 65_535;

    private int first = -1;
    private int last = -1;

    /** The first port of the range; -1 if unknown. */
    public int first() {
        return first;
    }

    /** The last port of the range; -1 if unknown. */
    public int last() {
        return last;
    }

    @Override
    public boolean read(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] != '\t' && bytes[end] != ' ') {
            end++;
        }
        int start = end;
        while (start < to && (bytes[start] == '\t' || bytes[start] == ' ')) {
            start++;
        }
        long lower = ByteDigits.decimal(bytes, from, end);
        long upper = ByteDigits.decimal(bytes, start, to);
        if (lower < 0 || upper < lower || upper > MOST_PORT) {
            return false;
        }
        first = (int) lower;
        last = (int) upper;
        return true;
    }
}
