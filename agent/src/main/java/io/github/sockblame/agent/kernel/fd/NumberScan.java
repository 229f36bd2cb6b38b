// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.fd;

/**
 * Reads one descriptor number after the other, from 0 on. It needs no list of them, so it works when no descriptor is
 * left to list them with.
 */
final class NumberScan {

    /**
     * After so many closed numbers in a row, above the highest that was ever open, all further ones count as closed.
     */
    private static final int GAP = 1024;

    /** After so many closed numbers in a row, above the highest that was ever open, the count is complete. */
    private static final int MARGIN = 64;

    static final long ALL = Long.MAX_VALUE;

    /** The kernel's count of descriptors is right; a folder that only looks like the kernel's can have any size. */
    private static final int MOST_ROOM = 1 << 20;

    private final DescriptorReader reader;

    NumberScan(DescriptorReader reader) {
        this.reader = reader;
    }

    /**
     * Scans until it has found the expected number of open descriptors, or for as long as there may be another one.
     *
     * @param limit the soft limit of descriptors; -1 if unknown
     * @param expected {@link #ALL} if the number is unknown
     * @param remembered sockets that need no fstat for now
     */
    ScanResult scan(long limit, long expected, RememberedSockets remembered) {
        ScanResult result = new ScanResult((int) Math.min(expected == ALL ? 0 : expected, MOST_ROOM));
        int before = reader.highest();
        int seen = before;
        for (int fd = 0; fd <= seen + GAP && (limit < 0 || fd < limit || fd <= before); fd++) {
            if (reader.read(fd, remembered, result)) {
                seen = Math.max(seen, fd);
            } else if (result.open() >= expected && fd > seen + MARGIN) {
                return result;
            }
        }
        return result;
    }
}
