// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import java.util.List;
import java.util.StringTokenizer;

/** The columns of {@code net/tcp}, {@code tcp6}, {@code udp} and {@code udp6}, by their place in a row. */
final class InetColumns {

    static final int LOCAL = 1;
    static final int REMOTE = 2;
    static final int STATE = 3;

    /** {@code tx_queue:rx_queue}. */
    static final int QUEUES = 4;

    /** {@code tr:tm->when}: the running timer, and its rest in ticks. */
    static final int TIMER = 5;

    /** {@code retrnsmt}. */
    static final int RETRANSMITS = 6;

    /** {@code timeout}: unanswered probes. */
    static final int PROBES = 8;

    static final int INODE = 9;

    /**
     * Two headings are above one column with a colon. The third is {@code rem_address}, or {@code remote_address} in
     * the tables of IPv6.
     */
    private static final List<String> HEADINGS = List.of(
            "sl",
            "local_address",
            "rem",
            "st",
            "tx_queue",
            "rx_queue",
            "tr",
            "tm->when",
            "retrnsmt",
            "uid",
            "timeout",
            "inode");

    private InetColumns() {}

    /**
     * Returns whether the columns up to the inode are those of every kernel since 2.6. With another column among them,
     * a row would be read with a wrong state or without an inode.
     */
    static boolean areBelow(String headings) {
        StringTokenizer words = new StringTokenizer(headings);
        boolean known = words.countTokens() >= HEADINGS.size();
        for (String heading : HEADINGS) {
            known = known && words.nextToken().startsWith(heading);
        }
        return known;
    }
}
