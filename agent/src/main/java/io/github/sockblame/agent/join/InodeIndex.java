// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import io.github.sockblame.agent.collection.IntLongTable;
import io.github.sockblame.agent.ledger.TrackedSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The inode of each tracked socket in a reading. It distinguishes the socket from a later one that got its number
 * without an event. It needs no object for each socket.
 */
public final class InodeIndex {

    private final IntLongTable inodeByFd = new IntLongTable();
    private final List<TrackedSocket> records = new ArrayList<>(); // at the same indexes

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
