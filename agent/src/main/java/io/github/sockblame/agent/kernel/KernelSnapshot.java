// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import io.github.sockblame.agent.kernel.fd.InodeMap;
import io.github.sockblame.agent.kernel.fd.SocketInodes;
import io.github.sockblame.agent.kernel.net.ClosedConnectionTable;
import io.github.sockblame.agent.kernel.net.InetRow;
import io.github.sockblame.agent.kernel.net.LocalPorts;
import io.github.sockblame.agent.kernel.net.TcpRow;
import io.github.sockblame.agent.kernel.net.UdpRow;
import io.github.sockblame.agent.kernel.proc.SourceStatus;
import io.github.sockblame.report.TcpState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code /proc} in one reading. It is immutable.
 *
 * <p>The sources are read one after the other while the program runs. A socket may have come or gone between two of
 * them, and a table under churn may miss a row. So the absence of a row proves nothing; {@link SocketStateReader} does.
 *
 * @param socketInodes inode of each open socket, by descriptor, in the order of descriptors
 * @param rowsByInode the TCP rows of these sockets; none for a Unix socket, or one in state CLOSE or TIME_WAIT
 * @param udpRowsByInode the UDP rows of these sockets; none for an unbound one
 * @param unixInodes the Unix-domain sockets among them
 * @param orphanRows rows without an inode by state: TIME_WAIT, closed and still sending, or not yet accepted. They are
 *     the whole network namespace's, and under churn some are counted twice
 * @param acceptQueues the data on the listeners
 * @param openDescriptors open descriptors of any kind, without the one that the listing itself takes; -1 if unknown
 * @param descriptorLimit the soft limit of open descriptors; -1 if unknown or unlimited
 * @param closedRows rows of closed connections, of the whole namespace
 * @param localPorts ephemeral ports that are taken
 * @param sources every source that was read, in that order
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

    /** The row of this socket, of TCP or of UDP. */
    public @Nullable InetRow rowOf(long inode) {
        InetRow tcp = rowsByInode.at(inode);
        return tcp != null ? tcp : udpRowsByInode.at(inode);
    }
}
