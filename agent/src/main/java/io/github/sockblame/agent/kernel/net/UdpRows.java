// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import io.github.sockblame.agent.kernel.fd.InodeSet;
import io.github.sockblame.agent.kernel.proc.FieldSplitter;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.TcpState;
import java.nio.ByteOrder;

/** Reads rows of {@code net/udp} and {@code net/udp6}. */
public final class UdpRows extends InetRows<UdpRow> {

    /** Keeps the rows of the wanted inodes. */
    public UdpRows(InodeSet wanted, ByteOrder order) {
        super(wanted, order);
    }

    @Override
    UdpRow row(
            long inode,
            TcpState state,
            Endpoint local,
            Endpoint remote,
            long recvQ,
            long sendQ,
            FieldSplitter columns) {
        return new UdpRow(inode, local, remote, recvQ, sendQ);
    }

    @Override
    void onRow(TcpState state, long inode, FieldSplitter row) {
        // its port is of another kind
    }

    @Override
    void onOrphanRow(TcpState state, FieldSplitter row) {
        // A socket of the kernel's own: a program's closed socket leaves no row.
    }

    @Override
    void onForeignRow(TcpState state, FieldSplitter row) {
        // nothing of it matters here
    }
}
