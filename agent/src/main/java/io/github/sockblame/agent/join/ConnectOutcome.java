// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import io.github.sockblame.report.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * What became of the connect of a socket that is in state CLOSE now. The kernel keeps the error of a failed connect for
 * the program, and a reader would take it away. But it also keeps two figures that can be read again and again.
 */
public enum ConnectOutcome {
    /** There was a connection. */
    ESTABLISHED,
    /** The connect failed without a second SYN: the peer refused it, or an ICMP message ended it. */
    REFUSED,
    /** The connect failed after the SYN was sent again: there was no answer, or a late refusal. */
    UNANSWERED,
    /** The kernel does not show it. */
    UNKNOWN;

    /*
     * A connect sets the segment size to the least that each host must take, until the other side announces its own
     * (tcp_v4_connect, tcp_v6_connect). Options in each segment make it smaller still, and nothing makes it larger.
     */
    private static final int UNANNOUNCED_IPV4 = 536; // RFC 9293, 3.7.1
    private static final int UNANNOUNCED_IPV6 = 1220;

    /**
     * The outcome of a connect by the figures of its socket. A peer that announces a segment size as small as that of an
     * unanswered connect looks like no peer.
     *
     * @param segmentSize {@code TCP_MAXSEG}, in bytes; negative if unknown
     * @param retransmits {@code tcpi_retransmits}; negative if unknown
     * @param remote the address of the connect; null if unknown
     */
    public static ConnectOutcome of(long segmentSize, int retransmits, @Nullable Endpoint remote) {
        if (segmentSize < 0 || retransmits < 0) {
            return UNKNOWN;
        }
        if (segmentSize <= UNANNOUNCED_IPV4) {
            return failed(retransmits);
        }
        if (segmentSize > UNANNOUNCED_IPV6) {
            return ESTABLISHED;
        }
        if (remote == null) {
            return UNKNOWN;
        }
        return remote.address().indexOf(':') < 0 ? ESTABLISHED : failed(retransmits);
    }

    private static ConnectOutcome failed(int retransmits) {
        return retransmits == 0 ? REFUSED : UNANSWERED;
    }
}
