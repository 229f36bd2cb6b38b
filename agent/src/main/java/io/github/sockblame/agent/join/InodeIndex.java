// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import io.github.sockblame.agent.collection.IntLongTable;
import io.github.sockblame.agent.ledger.TrackedSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The inode of each tracked socket in a reading. It distinguishes the socket from a later one that got its number
 * without an event. It needs no object for each socket.
 */
public final class InodeIndex {

    private final IntLongTable inodeByFd;
    private final List<TrackedSocket> records; // at the same indexes

    /** An empty index. */
    public InodeIndex() {
        this(0);
    }

    /** An empty index with room for so many sockets. */
    InodeIndex(int room) {
        inodeByFd = new IntLongTable(room);
        records = new ArrayList<>(room);
    }

    /** Adds a socket whose descriptor is higher than all earlier ones. */
    void add(TrackedSocket record, long inode) {
        inodeByFd.put(record.fd(), inode);
        records.add(record);
    }

    /** The inode of this socket; 0 if it has none here. */
    public long of(TrackedSocket record) {
        int index = inodeByFd.indexOf(record.fd());
        return index >= 0 && records.get(index) == record ? inodeByFd.value(index) : 0;
    }

    /** Returns whether this socket has an inode here. */
    public boolean contains(TrackedSocket record) {
        return of(record) != 0;
    }

    /**
     * The sockets that share their inode with another one, except the one that certainly has it. Two records have one
     * inode after native code has duplicated a descriptor over another; at most one of them describes the socket.
     *
     * @param earlier the inodes of an earlier reading: a record that had the inode there certainly has it
     */
    Set<TrackedSocket> sharingInode(InodeIndex earlier) {
        long[] sorted = new long[size()];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = inode(i);
        }
        Arrays.sort(sorted);
        Set<Long> shared = new HashSet<>();
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                shared.add(sorted[i]);
            }
        }
        Set<TrackedSocket> sharing = new HashSet<>();
        for (int i = 0; i < size() && !shared.isEmpty(); i++) {
            TrackedSocket record = records.get(i);
            if (shared.contains(inode(i)) && earlier.of(record) != inode(i)) {
                sharing.add(record);
            }
        }
        return sharing;
    }

    /** The number of sockets. */
    int size() {
        return records.size();
    }

    /** The inode of the socket at this index, 0 to {@link #size} - 1. */
    long inode(int index) {
        return inodeByFd.value(index);
    }

    /** The sockets, in the order of their descriptors. */
    public List<TrackedSocket> sockets() {
        return Collections.unmodifiableList(records);
    }

    /** Removes these sockets. */
    public void removeAll(Set<TrackedSocket> closed) {
        int kept = 0;
        for (int i = 0; i < records.size(); i++) {
            TrackedSocket record = records.get(i);
            if (!closed.contains(record)) {
                inodeByFd.moveDown(i, kept);
                records.set(kept++, record);
            }
        }
        inodeByFd.truncate(kept);
        records.subList(kept, records.size()).clear();
    }
}
