// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Protocol;

/**
 * One row of {@code /proc/net/udp} or {@code udp6}. Its state shows only whether there is a remote address.
 *
 * @param inode the socket's inode, never 0
 * @param local local address
 * @param remote remote address; for a socket without a connect, the one for "any", and port 0
 * @param recvQ {@code rx_queue}: memory that the unread datagrams take, which is more than their bytes
 * @param sendQ {@code tx_queue}: memory of the datagrams that have not left yet
 */
public record UdpRow(long inode, Endpoint local, Endpoint remote, long recvQ, long sendQ) implements InetRow {

    public UdpRow {
        requireNonNull(local, "local");
        requireNonNull(remote, "remote");
    }

    @Override
    public Protocol protocol() {
        return Protocol.UDP;
    }
}
