// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.memory;

/**
 * The most memory that a piece of the agent's work may have alive at once, in bytes. The figures are all bytes that it
 * allocates, garbage included: measured with 5,000 sockets on JDK 17 and 25 (docs/decisions/0035-headroom.md), and rounded up.
 */
public final class ReportCost {

    /** For what does not depend on the number of sockets: buffers, tables of names, the text of the sites. */
    private static final long FIXED_BYTES = 256 << 10;

    /** For one descriptor, its inode and its state. */
    private static final long COUNTED_SOCKET_BYTES = 32;

    /** For one socket in a reading: the rows of the kernel's tables, and the join of two readings. */
    private static final long READ_SOCKET_BYTES = 500;

    /** For one socket that is judged, on top of the reading. */
    private static final long JUDGED_SOCKET_BYTES = 100;

    /** For one socket that is listed, on top of both. Most of it is for JMX clients that request one text, which needs it twice. */
    private static final long LISTED_SOCKET_BYTES = 1100;

    private ReportCost() {}

    /** The cost of a report without any verdict: the kernel's counts. */
    public static long ofTotals(long sockets) {
        return FIXED_BYTES + sockets * COUNTED_SOCKET_BYTES;
    }

    /** The cost of one whole reading of ledger and kernel. */
    public static long ofReading(long sockets) {
        return FIXED_BYTES + sockets * READ_SOCKET_BYTES;
    }

    /** The cost of a report that does not list the sockets. */
    public static long ofSummary(long sockets) {
        return ofReading(sockets) + sockets * JUDGED_SOCKET_BYTES;
    }

    /** The cost of a report that lists every socket. */
    public static long ofWhole(long sockets) {
        return ofSummary(sockets) + sockets * LISTED_SOCKET_BYTES;
    }
}
