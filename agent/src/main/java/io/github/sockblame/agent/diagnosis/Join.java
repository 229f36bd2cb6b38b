// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.kernel.InetRow;
import io.github.sockblame.agent.kernel.KernelSnapshot;
import io.github.sockblame.agent.kernel.TcpRow;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The join of ledger and kernel by descriptor and inode.
 *
 * <p>The ledger is read before and after the kernel. A record that is there both times was open all the while, so what the
 * kernel said of its descriptor in between was said of it; where the two readings differ, the descriptor changed hands meanwhile, and the
 * socket is counted and not judged.
 *
 * @param sockets every socket descriptor of the process, by number
 * @param inodes the inode of each tracked socket, for the next join
 * @param unexplained descriptors with their inodes that no reading of the ledger knows: not counted until a second look finds them
 * @param unconfirmed records that the kernel does not confirm
 */
public record Join(
        List<JoinedSocket> sockets,
        Map<TrackedSocket, Long> inodes,
        Map<Integer, Long> unexplained,
        List<TrackedSocket> unconfirmed) {

    private static final long NO_INODE = -1;

    /** What is asked of the outside while joining. */
    public interface Facts {

        /** The TCP state of a descriptor that has no row; null if it is no TCP socket. */
        @Nullable TcpState stateOf(int fd);

        /** The protocol of a descriptor that has no row; null if it is no socket, or if that cannot be known. */
        @Nullable Protocol protocolOf(int fd);

        /** Whether a TCP socket in state CLOSE had a connection, or the try to make one; false if that cannot be known. */
        boolean isOver(int fd);

        /** What earlier looks say of this socket, which is in this state now. */
        Past pastOf(int fd, Object socket, TcpState state, @Nullable TcpRow row);

        /** The address that this socket is, or was, connected to, as the JDK's object has it; null if it does not tell. */
        @Nullable Endpoint remoteOf(TrackedSocket socket);

        /** The thread that is inside an operation on this socket now; null if there is none, or if that cannot be known. */
        @Nullable InUse useOf(TrackedSocket socket);
    }

    /**
     * Joins.
     *
     * @param before the ledger before the kernel was read
     * @param kernel what the kernel said
     * @param after the ledger afterwards
     * @param lastInodes the inodes of the join before this one
     * @param untracked descriptors that are known to be untracked, with their inodes
     * @param beforeAgent inodes that were there before the agent
     * @param facts answers what only the outside knows
     */
    public static Join of(
            List<TrackedSocket> before,
            KernelSnapshot kernel,
            List<TrackedSocket> after,
            Map<TrackedSocket, Long> lastInodes,
            Map<Integer, Long> untracked,
            Set<Long> beforeAgent,
            Facts facts) {
        Join join = new Join(new ArrayList<>(), new IdentityHashMap<>(), new TreeMap<>(), new ArrayList<>());
        Map<Integer, TrackedSocket> earlier = byFd(before);
        Map<Integer, TrackedSocket> later = byFd(after);
        for (Map.Entry<Integer, Long> entry : kernel.socketInodes().entrySet()) {
            int fd = entry.getKey();
            long inode = entry.getValue();
            TrackedSocket record = later.get(fd);
            boolean stable = record != null && record == earlier.get(fd);
            boolean another = record != null && stable && isAnother(record, inode, lastInodes);
            if (record != null && another) {
                join.unconfirmed.add(record); // the number was closed and given away without our hearing of it
                record = null;
            }
            if (record != null) {
                if (stable && !record.isPreClosed()) {
                    join.inodes.put(record, inode);
                }
                join.add(kernel, facts, fd, inode, record, stable, originOf(record));
            } else if (untracked.getOrDefault(fd, -1L) == inode) {
                Origin origin = beforeAgent.contains(inode) ? Origin.BEFORE_AGENT : Origin.NOT_SEEN;
                join.add(kernel, facts, fd, inode, null, true, origin);
            } else if (another || !earlier.containsKey(fd)) {
                join.unexplained.put(fd, inode);
            } // else it was closed meanwhile
        }
        for (TrackedSocket record : after) {
            if (record == earlier.get(record.fd()) && !kernel.socketInodes().containsKey(record.fd())) {
                join.addUnlisted(kernel, facts, record);
            }
        }
        join.sockets.sort(Comparator.comparingInt(JoinedSocket::fd));
        join.markDuplicates();
        return new Join(Collections.unmodifiableList(join.sockets), join.inodes, join.unexplained, join.unconfirmed);
    }

    /** A socket that the list of descriptors lacks: the list may be at fault, so the descriptor itself is asked. */
    private void addUnlisted(KernelSnapshot kernel, Facts facts, TrackedSocket record) {
        boolean listFailed = kernel.openDescriptors() < 0;
        if (listFailed || facts.protocolOf(record.fd()) != null) {
            add(kernel, facts, record.fd(), NO_INODE, record, true, originOf(record));
        } else {
            unconfirmed.add(record);
        }
    }

    /** One socket is one to judge, whatever number of descriptors it has: the one that is tracked, or else the lowest. */
    private void markDuplicates() {
        Set<Long> known = new HashSet<>(inodes.values());
        sockets.replaceAll(
                socket -> socket.tracked() == null && !known.add(socket.inode()) ? socket.asDuplicate() : socket);
    }

    private static Origin originOf(TrackedSocket record) {
        if (record.opened() == null) {
            return Origin.ADOPTED;
        }
        return record.isAccepted() ? Origin.ACCEPTED : Origin.OPENED;
    }

    private static boolean isAnother(TrackedSocket record, long inode, Map<TrackedSocket, Long> lastInodes) {
        Long last = lastInodes.get(record);
        return last != null && last != inode && !record.isPreClosed();
    }

    private void add(
            KernelSnapshot kernel,
            Facts facts,
            int fd,
            long inode,
            @Nullable TrackedSocket record,
            boolean stable,
            Origin origin) {
        InetRow row = kernel.rowOf(inode);
        Protocol protocol = row != null ? row.protocol() : protocolWithoutRow(kernel, facts, fd, inode);
        TcpRow tcpRow = row instanceof TcpRow tcp ? tcp : null;
        TcpState state = tcpRow == null ? null : tcpRow.state();
        if (row == null && protocol != Protocol.UDP && protocol != Protocol.UNIX) {
            state = facts.stateOf(fd);
            protocol = state != null ? Protocol.TCP : protocol; // Multipath TCP answers too, under a number of its own
        }
        Object socket = record != null ? record : (Object) inode;
        Past past = state == null ? Past.NONE : facts.pastOf(fd, socket, state, tcpRow);
        if (state == TcpState.CLOSE && !past.connected() && facts.isOver(fd)) {
            past = past.ofConnection();
        }
        InUse use = record != null && isWorthTheLook(state, tcpRow) ? facts.useOf(record) : null;
        Endpoint remembered = record != null && past.connected() && row == null ? facts.remoteOf(record) : null;
        sockets.add(new JoinedSocket(fd, inode, record, stable, origin, protocol, state, row, past, use, remembered));
    }

    /** In all others a thread may well wait for as long as it likes. */
    private static boolean isWorthTheLook(@Nullable TcpState state, @Nullable TcpRow row) {
        return state == TcpState.CLOSE_WAIT || state == TcpState.SYN_SENT || (row != null && row.sendQ() > 0);
    }

    /** The descriptor's own word first: a row of the Unix-domain table can be forged. */
    private static Protocol protocolWithoutRow(KernelSnapshot kernel, Facts facts, int fd, long inode) {
        Protocol asked = facts.protocolOf(fd);
        if (asked != null) {
            return asked;
        }
        return kernel.unixInodes().contains(inode) ? Protocol.UNIX : Protocol.OTHER;
    }

    private static Map<Integer, TrackedSocket> byFd(List<TrackedSocket> records) {
        Map<Integer, TrackedSocket> byFd = new HashMap<>(records.size() * 2);
        for (TrackedSocket record : records) {
            byFd.put(record.fd(), record);
        }
        return byFd;
    }
}
