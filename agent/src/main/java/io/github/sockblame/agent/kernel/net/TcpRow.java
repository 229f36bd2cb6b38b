// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;

/**
 * One row of {@code /proc/net/tcp} or {@code tcp6}.
 *
 * @param inode the socket's inode, never 0
 * @param state TCP state
 * @param local local address
 * @param remote remote address
 * @param recvQ {@code rx_queue}: unread bytes, and one more while the FIN is unread; in LISTEN, connections that wait
 *     for accept
 * @param sendQ {@code tx_queue}: bytes that the peer has not acknowledged
 * @param timer the running timer: 0 none, 1 retransmit, 2 keepalive, 3 TIME_WAIT, 4 zero-window probe
 * @param retransmits how often the oldest unacknowledged segment was sent again
 * @param probes keep-alive and zero-window probes that the peer has not answered ({@code timeout})
 * @param rest hash of the columns after the inode; they include the figures of the congestion control, which change as
 *     data flows
 */
public record TcpRow(
        long inode,
        TcpState state,
        Endpoint local,
        Endpoint remote,
        long recvQ,
        long sendQ,
        int timer,
        long retransmits,
        long probes,
        int rest)
        implements InetRow {

    public TcpRow {
        requireNonNull(state, "state");
        requireNonNull(local, "local");
        requireNonNull(remote, "remote");
    }

    @Override
    public Protocol protocol() {
        return Protocol.TCP;
    }
}
