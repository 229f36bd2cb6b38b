// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import io.github.sockblame.agent.kernel.KernelSnapshot;
import io.github.sockblame.agent.kernel.fd.SocketInodes;
import io.github.sockblame.agent.ledger.TrackedSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The join of ledger and kernel by descriptor and inode.
 *
 * <p>The ledger is read before and after the kernel. A record in both readings was open all the time between them, so
 * the kernel's figures of its descriptor belong to it. If the two readings differ, the descriptor changed its owner
 * meanwhile, and the socket is counted and not judged.
 *
 * <p>The join is a function of values. It takes two steps: {@link #descriptorsWithoutRow} finds the descriptors whose
 * status the caller has to read, and {@link #of} joins with these statuses. The history, the thread and the address in
 * the JDK's object are added to its sockets afterwards ({@link JoinedSocket#setLiveValues}).
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

    /**
     * The descriptors without a row in the kernel's tables. The caller has to read the status of each of them before the
     * join.
     *
     * @param before the ledger before the kernel was read, in the order of descriptors
     * @param kernel the reading of the kernel
     * @param after the ledger afterwards, in the same order
     */
    public static List<Integer> descriptorsWithoutRow(
            List<TrackedSocket> before, KernelSnapshot kernel, List<TrackedSocket> after) {
        List<Integer> fds = new ArrayList<>();
        SocketInodes found = kernel.socketInodes();
        for (int i = 0; i < found.size(); i++) {
            if (kernel.rowOf(found.inode(i)) == null) {
                fds.add(found.fd(i));
            }
        }
        for (TrackedSocket record : Joiner.unlisted(before, found, after)) {
            fds.add(record.fd());
        }
        return fds;
    }

    /**
     * Joins.
     *
     * @param before the ledger before the kernel was read, in the order of descriptors
     * @param kernel the reading of the kernel
     * @param after the ledger afterwards, in the same order
     * @param lastInodes the inodes of the join before this one
     * @param contradicted records whose addresses are not those of the rows of their descriptors
     * @param untracked descriptors that earlier joins found untracked, with their inodes
     * @param early the sockets from before the agent
     * @param statuses the kernel's answers about the descriptors of {@link #descriptorsWithoutRow}
     */
    public static Join of(
            List<TrackedSocket> before,
            KernelSnapshot kernel,
            List<TrackedSocket> after,
            InodeIndex lastInodes,
            Set<TrackedSocket> contradicted,
            Map<Integer, Long> untracked,
            EarlySockets early,
            Map<Integer, DescriptorStatus> statuses) {
        Join join = new Joiner(kernel, lastInodes, contradicted, untracked, early, statuses).join(before, after);
        Set<TrackedSocket> sharing = join.inodes().sharingInode(lastInodes);
        if (sharing.isEmpty()) {
            return join;
        }
        sharing.addAll(contradicted);
        return new Joiner(kernel, lastInodes, sharing, untracked, early, statuses).join(before, after);
    }
}
