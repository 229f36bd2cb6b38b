// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import io.github.sockblame.agent.kernel.fd.InodeSet;
import io.github.sockblame.agent.kernel.proc.FieldSplitter;
import io.github.sockblame.agent.kernel.proc.RowHandler;
import io.github.sockblame.report.TcpState;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the beginning of {@code net/tcp} or {@code tcp6}, where the kernel prints all listeners before any connection
 * (tcp_seq_start), and keeps the accept queues of the wanted ones. It is done as soon as it has all of them.
 */
final class QueueRows implements RowHandler {

    private final InodeSet wanted;
    private final int number;
    private final Map<Long, Long> queues = new HashMap<>();
    private boolean listenersAreOver;

    QueueRows(Collection<Long> wanted) {
        this.wanted = new InodeSet(wanted);
        this.number = wanted.size();
    }

    /** Connections that wait for accept, by inode of the listener. */
    Map<Long, Long> queues() {
        return queues;
    }

    @Override
    public boolean acceptsHeader(String headings) {
        return InetColumns.areBelow(headings);
    }

    @Override
    public boolean read(FieldSplitter row) {
        if (row.count() <= InetColumns.INODE) {
            return false;
        }
        if (row.hex(InetColumns.STATE) != TcpState.LISTEN.number()) {
            listenersAreOver = true;
            return true;
        }
        long inode = row.decimal(InetColumns.INODE);
        long queue = row.hexAfterColon(InetColumns.QUEUES);
        if (wanted.contains(inode) && queue >= 0) {
            queues.put(inode, queue);
        }
        return inode >= 0 && queue >= 0;
    }

    @Override
    public boolean isDone() {
        return listenersAreOver || queues.size() == number;
    }
}
