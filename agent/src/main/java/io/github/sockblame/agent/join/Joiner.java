// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import io.github.sockblame.agent.kernel.KernelSnapshot;
import io.github.sockblame.agent.kernel.fd.SocketInodes;
import io.github.sockblame.agent.kernel.net.InetRow;
import io.github.sockblame.agent.kernel.net.TcpRow;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One run of {@link Join#of}. */
final class Joiner {

    private static final long NO_INODE = -1;

    private final KernelSnapshot kernel;
    private final InodeIndex lastInodes;
    private final Set<TrackedSocket> contradicted;
    private final Map<Integer, Long> untracked;
    private final EarlySockets early;
    private final Map<Integer, DescriptorStatus> statuses;
    private final List<JoinedSocket> sockets;
    private final InodeIndex inodes;
    private final Map<Integer, Long> unknownDescriptors = new TreeMap<>();
    private final List<TrackedSocket> staleRecords = new ArrayList<>();

    Joiner(
            KernelSnapshot kernel,
            InodeIndex lastInodes,
            Set<TrackedSocket> contradicted,
            Map<Integer, Long> untracked,
            EarlySockets early,
            Map<Integer, DescriptorStatus> statuses) {
        this.kernel = kernel;
        this.lastInodes = lastInodes;
        this.contradicted = contradicted;
        this.untracked = untracked;
        this.early = early;
        this.statuses = statuses;
        this.sockets = new ArrayList<>(kernel.socketInodes().size());
        this.inodes = new InodeIndex(kernel.socketInodes().size());
    }

    Join join(List<TrackedSocket> before, List<TrackedSocket> after) {
        SocketInodes found = kernel.socketInodes();
        RecordCursor earlier = new RecordCursor(before);
        RecordCursor later = new RecordCursor(after);
        for (int i = 0; i < found.size(); i++) {
            int fd = found.fd(i);
            addListed(fd, found.inode(i), earlier.at(fd), later.at(fd));
        }
        List<TrackedSocket> unlisted = unlisted(before, found, after);
        for (TrackedSocket record : unlisted) {
            addUnlisted(record);
        }
        if (!unlisted.isEmpty()) {
            sockets.sort(new Comparator<JoinedSocket>() {
                @Override
                public int compare(JoinedSocket a, JoinedSocket b) {
                    return Integer.compare(a.fd(), b.fd());
                }
            });
        }
        markDuplicates();
        return new Join(sockets, inodes, unknownDescriptors, staleRecords);
    }

    /** A descriptor of the list, with its record before and after the list was read. */
    private void addListed(
            int fd, long inode, @Nullable TrackedSocket recordBefore, @Nullable TrackedSocket recordAfter) {
        boolean stable = recordAfter != null && recordAfter == recordBefore;
        if (recordAfter == null) {
            addWithoutRecord(fd, inode, recordBefore == null);
        } else if (stable && isReplaced(recordAfter, inode)) {
            staleRecords.add(recordAfter); // the number was closed and given away without an event
            addWithoutRecord(fd, inode, true);
        } else {
            if (stable && !recordAfter.isPreClosed()) {
                inodes.add(recordAfter, inode);
            }
            add(fd, inode, recordAfter, stable, originOf(recordAfter));
        }
    }

    /**
     * A descriptor that no record describes.
     *
     * @param open whether it can be open still; if not, it was closed meanwhile
     */
    private void addWithoutRecord(int fd, long inode, boolean open) {
        Long known = untracked.get(fd);
        if (known != null && known == inode) {
            add(fd, inode, null, true, early.originOf(inode));
        } else if (open) {
            unknownDescriptors.put(fd, inode);
        }
    }

    /** The records that were in the ledger all the time and are missing in the list of descriptors. */
    static List<TrackedSocket> unlisted(List<TrackedSocket> before, SocketInodes found, List<TrackedSocket> after) {
        List<TrackedSocket> unlisted = new ArrayList<>();
        RecordCursor earlier = new RecordCursor(before);
        for (TrackedSocket record : after) {
            if (record == earlier.at(record.fd()) && !found.contains(record.fd())) {
                unlisted.add(record);
            }
        }
        return unlisted;
    }

    /**
     * A socket that is missing in the list of descriptors. The list may be wrong, so the descriptor itself is checked.
     */
    private void addUnlisted(TrackedSocket record) {
        boolean listFailed = kernel.openDescriptors() < 0;
        if (listFailed || statusOf(record.fd()).protocol() != null) {
            add(record.fd(), NO_INODE, record, true, originOf(record));
        } else {
            staleRecords.add(record);
        }
    }

    /** A socket gets one verdict, whatever its number of descriptors: at the tracked one, or else at the lowest. */
    private void markDuplicates() {
        long[] untracked = untrackedInodes();
        if (untracked.length == 0) {
            return;
        }
        Set<Long> known = new HashSet<>();
        for (int i = 0; i < inodes.size(); i++) {
            if (Arrays.binarySearch(untracked, inodes.inode(i)) >= 0) {
                known.add(inodes.inode(i));
            }
        }
        for (int i = 0; i < sockets.size(); i++) {
            JoinedSocket socket = sockets.get(i);
            if (socket.tracked() == null && !known.add(socket.inode())) {
                sockets.set(i, socket.asDuplicate());
            }
        }
    }

    /** In ascending order. */
    private long[] untrackedInodes() {
        long[] untracked = new long[sockets.size()];
        int count = 0;
        for (JoinedSocket socket : sockets) {
            if (socket.tracked() == null) {
                untracked[count++] = socket.inode();
            }
        }
        Arrays.sort(untracked, 0, count);
        return Arrays.copyOf(untracked, count);
    }

    private static Origin originOf(TrackedSocket record) {
        if (record.opened() == null) {
            return Origin.ADOPTED;
        }
        return record.isAccepted() ? Origin.ACCEPTED : Origin.OPENED;
    }

    private boolean isReplaced(TrackedSocket record, long inode) {
        if (contradicted.contains(record)) {
            return true;
        }
        long last = lastInodes.of(record);
        return last != 0 && last != inode && !record.isPreClosed();
    }

    private void add(int fd, long inode, @Nullable TrackedSocket record, boolean stable, Origin origin) {
        InetRow row = kernel.rowOf(inode);
        Protocol protocol;
        TcpState state;
        if (row != null) {
            protocol = row.protocol();
            state = row instanceof TcpRow tcp ? tcp.state() : null;
        } else {
            DescriptorStatus status = statusOf(fd);
            protocol = protocolWithoutRow(status, inode);
            state = protocol.mayBeTcp() ? status.state() : null;
            protocol = state != null ? Protocol.TCP : protocol; // Multipath TCP has another number
        }
        sockets.add(
                new JoinedSocket(fd, inode, record, stable, origin, protocol, state, row, StateTimes.NONE, null, null));
    }

    private DescriptorStatus statusOf(int fd) {
        return statuses.getOrDefault(fd, DescriptorStatus.UNKNOWN);
    }

    /** The descriptor's own protocol comes first, because a row of the Unix-domain table can be forged. */
    private Protocol protocolWithoutRow(DescriptorStatus status, long inode) {
        Protocol ofDescriptor = status.protocol();
        if (ofDescriptor != null) {
            return ofDescriptor;
        }
        return kernel.unixInodes().contains(inode) ? Protocol.UNIX : Protocol.OTHER;
    }
}
