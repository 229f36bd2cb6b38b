// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import io.github.sockblame.report.TcpState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /proc} said in one reading. Nothing in it changes any more.
 *
 * <p>The sources are read one after the other while the program runs: a socket may have come or gone between two of them,
 * and a table under churn may miss a row. That a row is absent proves nothing; {@link SocketStateReader} does.
 *
 * @param socketInodes inode of each open socket, by descriptor, in the order of descriptors
 * @param rowsByInode the TCP rows of these sockets; none for a Unix socket, or one in state CLOSE or TIME_WAIT
 * @param udpRowsByInode the UDP rows of these sockets; none for one that is not bound
 * @param unixInodes those of these sockets that are Unix-domain sockets
 * @param orphanRows rows without an inode by state: TIME_WAIT, closed and still sending, or not yet accepted. They are the
 *     whole network namespace's, and under churn some are counted twice
 * @param acceptQueues what concerns the listeners
 * @param openDescriptors open descriptors of any kind, without the one that the listing itself takes; -1 if unknown
 * @param descriptorLimit the soft limit of open descriptors; -1 if unknown or unlimited
 * @param closedRows rows of connections that are closed, of the whole namespace
 * @param localPorts ephemeral ports that are taken
 * @param sources every source that was asked, in the order of asking
 */
public record KernelSnapshot(
        SocketInodes socketInodes,
        InodeMap<TcpRow> rowsByInode,
        InodeMap<UdpRow> udpRowsByInode,
        Set<Long> unixInodes,
        Map<TcpState, Integer> orphanRows,
        AcceptQueues acceptQueues,
        long openDescriptors,
        long descriptorLimit,
        ClosedConnectionTable closedRows,
        LocalPorts localPorts,
        List<SourceStatus> sources) {

    /** The row of this socket, be it of TCP or of UDP. */
    public @Nullable InetRow rowOf(long inode) {
        InetRow tcp = rowsByInode.at(inode);
        return tcp != null ? tcp : udpRowsByInode.at(inode);
    }
}
