// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Protocol;

/** The common columns of the kernel's tables of TCP and of UDP. */
public sealed interface InetRow permits TcpRow, UdpRow {

    /** The socket's inode, never 0. */
    long inode();

    /** The protocol of the row's table. */
    Protocol protocol();

    /** Local address. */
    Endpoint local();

    /** Remote address; with port 0 there is none. */
    Endpoint remote();

    /** {@code rx_queue}. */
    long recvQ();

    /** {@code tx_queue}. */
    long sendQ();
}
