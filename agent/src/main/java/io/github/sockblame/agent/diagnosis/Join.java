// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.kernel.InetRow;
import io.github.sockblame.agent.kernel.KernelSnapshot;
import io.github.sockblame.agent.kernel.SocketInodes;
import io.github.sockblame.agent.kernel.TcpRow;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The join of ledger and kernel by descriptor and inode.
 *
 * <p>The ledger is read before and after the kernel. A record in both readings was open all the time between them, so
 * the kernel's figures of its descriptor belong to it. If the two readings differ, the descriptor changed its owner
 * meanwhile, and the socket is counted and not judged.
 *
 * @param sockets every socket descriptor of the process, by number
 * @param inodes the inode of each tracked socket, for the next join
 * @param unknownDescriptors descriptors with their inodes that neither reading of the ledger has: they do not count
 *     until a second read finds them
 * @param staleRecords records that the kernel does not confirm
 */
public record Join(
        List<JoinedSocket> sockets,
        InodeIndex inodes,
        Map<Integer, Long> unknownDescriptors,
        List<TrackedSocket> staleRecords) {

    private static final long NO_INODE = -1;

    /** Values that the join has to read from the JVM and the kernel. */
    public interface LiveLookup {

        /** The TCP state of a descriptor that has no row; null if it is no TCP socket. */
        @Nullable TcpState stateOf(int fd);

        /** The protocol of a descriptor that has no row; null if it is no socket, or if it cannot be read. */
        @Nullable Protocol protocolOf(int fd);

        /**
         * Returns whether a TCP socket in state CLOSE had a connection, or a failed connect; false if this cannot be
         * read.
         */
        boolean isOver(int fd);

        /** The history of this socket, which is in this state now. */
        StateTimes pastOf(int fd, Object socket, TcpState state, @Nullable TcpRow row);

        /** The present or last remote address of this socket in the JDK's object; null if it has none. */
        @Nullable Endpoint remoteOf(TrackedSocket socket);

        /**
         * The thread that is inside an operation on this socket now; null if there is none, or if it cannot be read.
         */
        @Nullable ActiveThread useOf(TrackedSocket socket);
    }

    /**
     * Joins.
     *
     * @param before the ledger before the kernel was read, in the order of descriptors
     * @param kernel the reading of the kernel
     * @param after the ledger afterwards, in the same order
     * @param lastInodes the inodes of the join before this one
     * @param untracked descriptors that earlier joins found untracked, with their inodes
     * @param beforeAgent inodes from before the agent
     * @param liveLookup reads further values
     */
    public static Join of(
            List<TrackedSocket> before,
            KernelSnapshot kernel,
            List<TrackedSocket> after,
            InodeIndex lastInodes,
            Map<Integer, Long> untracked,
            Set<Long> beforeAgent,
            LiveLookup liveLookup) {
        SocketInodes found = kernel.socketInodes();
        Join join = new Join(new ArrayList<>(found.size()), new InodeIndex(), new TreeMap<>(), new ArrayList<>());
        RecordCursor earlier = new RecordCursor(before);
        RecordCursor later = new RecordCursor(after);
        for (int i = 0; i < found.size(); i++) {
            int fd = found.fd(i);
            long inode = found.inode(i);
            TrackedSocket was = earlier.at(fd);
            TrackedSocket record = later.at(fd);
            boolean stable = record != null && record == was;
            boolean another = record != null && stable && isReplaced(record, inode, lastInodes);
            if (record != null && another) {
                join.staleRecords.add(record); // the number was closed and given away without an event
                record = null;
            }
            if (record != null) {
                if (stable && !record.isPreClosed()) {
                    join.inodes.add(record, inode);
                }
                join.add(kernel, liveLookup, fd, inode, record, stable, originOf(record));
            } else if (untracked.getOrDefault(fd, -1L) == inode) {
                Origin origin = beforeAgent.contains(inode) ? Origin.BEFORE_AGENT : Origin.NOT_SEEN;
                join.add(kernel, liveLookup, fd, inode, null, true, origin);
            } else if (another || was == null) {
                join.unknownDescriptors.put(fd, inode);
            } // otherwise it was closed meanwhile
        }
        RecordCursor still = new RecordCursor(before);
        boolean unlisted = false;
        for (TrackedSocket record : after) {
            if (record == still.at(record.fd()) && !found.contains(record.fd())) {
                unlisted = true;
                join.addUnlisted(kernel, liveLookup, record);
            }
        }
        if (unlisted) {
            join.sockets.sort(Comparator.comparingInt(JoinedSocket::fd));
        }
        join.markDuplicates();
        return new Join(
                Collections.unmodifiableList(join.sockets), join.inodes, join.unknownDescriptors, join.staleRecords);
    }

    /** The records of one reading of the ledger, ascending by number; the lookups are ascending as well. */
    private static final class RecordCursor {

        private final List<TrackedSocket> records;
        private int next;

        RecordCursor(List<TrackedSocket> records) {
            this.records = records;
        }

        @Nullable TrackedSocket at(int fd) {
            while (next < records.size() && records.get(next).fd() < fd) {
                next++;
            }
            return next < records.size() && records.get(next).fd() == fd ? records.get(next) : null;
        }
    }

    /**
     * A socket that is missing in the list of descriptors. The list may be wrong, so the descriptor itself is checked.
     */
    private void addUnlisted(KernelSnapshot kernel, LiveLookup liveLookup, TrackedSocket record) {
        boolean listFailed = kernel.openDescriptors() < 0;
        if (listFailed || liveLookup.protocolOf(record.fd()) != null) {
            add(kernel, liveLookup, record.fd(), NO_INODE, record, true, originOf(record));
        } else {
            staleRecords.add(record);
        }
    }

    /** A socket gets one verdict, whatever its number of descriptors: at the tracked one, or else at the lowest. */
    private void markDuplicates() {
        long[] untracked = sockets.stream()
                .filter(socket -> socket.tracked() == null)
                .mapToLong(JoinedSocket::inode)
                .sorted()
                .toArray();
        if (untracked.length == 0) {
            return;
        }
        Set<Long> known = new HashSet<>();
        for (int i = 0; i < inodes.size(); i++) {
            if (Arrays.binarySearch(untracked, inodes.inode(i)) >= 0) {
                known.add(inodes.inode(i));
            }
        }
        sockets.replaceAll(
                socket -> socket.tracked() == null && !known.add(socket.inode()) ? socket.asDuplicate() : socket);
    }

    private static Origin originOf(TrackedSocket record) {
        if (record.opened() == null) {
            return Origin.ADOPTED;
        }
        return record.isAccepted() ? Origin.ACCEPTED : Origin.OPENED;
    }

    private static boolean isReplaced(TrackedSocket record, long inode, InodeIndex lastInodes) {
        long last = lastInodes.of(record);
        return last != 0 && last != inode && !record.isPreClosed();
    }

    private void add(
            KernelSnapshot kernel,
            LiveLookup liveLookup,
            int fd,
            long inode,
            @Nullable TrackedSocket record,
            boolean stable,
            Origin origin) {
        InetRow row = kernel.rowOf(inode);
        Protocol protocol = row != null ? row.protocol() : protocolWithoutRow(kernel, liveLookup, fd, inode);
        TcpRow tcpRow = row instanceof TcpRow tcp ? tcp : null;
        TcpState state = tcpRow == null ? null : tcpRow.state();
        if (row == null && protocol != Protocol.UDP && protocol != Protocol.UNIX) {
            state = liveLookup.stateOf(fd);
            protocol = state != null ? Protocol.TCP : protocol; // Multipath TCP has another number
        }
        Object socket = record != null ? record : (Object) inode;
        StateTimes stateTimes = state == null ? StateTimes.NONE : liveLookup.pastOf(fd, socket, state, tcpRow);
        if (state == TcpState.CLOSE && !stateTimes.connected() && liveLookup.isOver(fd)) {
            stateTimes = stateTimes.ofConnection();
        }
        ActiveThread use = record != null && wantsThread(state, tcpRow) ? liveLookup.useOf(record) : null;
        Endpoint remembered =
                record != null && stateTimes.connected() && row == null ? liveLookup.remoteOf(record) : null;
        sockets.add(
                new JoinedSocket(fd, inode, record, stable, origin, protocol, state, row, stateTimes, use, remembered));
    }

    /** In all other states a thread may wait for as long as it likes. */
    private static boolean wantsThread(@Nullable TcpState state, @Nullable TcpRow row) {
        return state == TcpState.CLOSE_WAIT || state == TcpState.SYN_SENT || (row != null && row.sendQ() > 0);
    }

    /** The descriptor's own protocol comes first, because a row of the Unix-domain table can be forged. */
    private static Protocol protocolWithoutRow(KernelSnapshot kernel, LiveLookup liveLookup, int fd, long inode) {
        Protocol asked = liveLookup.protocolOf(fd);
        if (asked != null) {
            return asked;
        }
        return kernel.unixInodes().contains(inode) ? Protocol.UNIX : Protocol.OTHER;
    }
}
