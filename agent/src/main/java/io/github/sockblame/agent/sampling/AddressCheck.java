// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.join.InodeIndex;
import io.github.sockblame.agent.kernel.KernelSnapshot;
import io.github.sockblame.agent.kernel.fd.SocketInodes;
import io.github.sockblame.agent.kernel.net.TcpRow;
import io.github.sockblame.agent.ledger.ConnectionEndpoints;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TrackedSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds records whose number has another connection than the JDK's object: native code closed the number or duplicated
 * another socket over it, before any reading had its inode. From the first reading on, the inode shows this.
 */
final class AddressCheck {

    private final LedgerView ledger;

    AddressCheck(LedgerView ledger) {
        this.ledger = ledger;
    }

    /**
     * The records that the kernel's rows contradict.
     *
     * @param records the ledger after the kernel was read
     * @param read the inodes of earlier readings; their records are not checked again
     */
    Set<TrackedSocket> contradicted(List<TrackedSocket> records, KernelSnapshot kernel, InodeIndex read) {
        ledger.prepareAddressReaders();
        Set<TrackedSocket> contradicted = Set.of();
        SocketInodes inodes = kernel.socketInodes();
        for (TrackedSocket record : records) {
            if (!record.isPreClosed() && !read.contains(record) && contradicts(inodes, kernel, record)) {
                contradicted = contradicted.isEmpty() ? new HashSet<>() : contradicted;
                contradicted.add(record);
            }
        }
        return contradicted;
    }

    private boolean contradicts(SocketInodes inodes, KernelSnapshot kernel, TrackedSocket record) {
        Long inode = inodes.get(record.fd());
        TcpRow row = inode == null ? null : kernel.rowsByInode().at(inode);
        return row != null && contradicts(row, record.isAccepted(), ledger.endpointsOf(record));
    }

    /**
     * Returns whether a row is of another connection than this one. Only ports are compared: the object has addresses in
     * another form. A cluster's network may give a connect another remote port than the program asked for (the kernel's
     * {@code BPF_CGROUP_INET4_CONNECT}), so the remote port counts only for accepted connections.
     *
     * @param ends the connection of the JDK's object; null if it has none, or not yet
     */
    static boolean contradicts(TcpRow row, boolean accepted, @Nullable ConnectionEndpoints ends) {
        if (ends == null || row.remote().port() == 0) {
            return false;
        }
        return ends.localPort() != row.local().port()
                || (accepted && ends.remotePort() != row.remote().port());
    }
}
