// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.ledger.TrackedSocket;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The inode of each tracked socket in a reading. It distinguishes the socket from a later one that got its number
 * without an event. It needs no object for each socket.
 */
public final class InodeIndex {

    private int[] fds = new int[16]; // ascending
    private @Nullable TrackedSocket[] records = new TrackedSocket[16];
    private long[] inodes = new long[16];
    private int size;

    /** Adds a socket whose descriptor is higher than all earlier ones. */
    void add(TrackedSocket record, long inode) {
        if (size == fds.length) {
            fds = Arrays.copyOf(fds, 2 * size);
            records = Arrays.copyOf(records, 2 * size);
            inodes = Arrays.copyOf(inodes, 2 * size);
        }
        fds[size] = record.fd();
        records[size] = record;
        inodes[size++] = inode;
    }

    /** The inode of this socket; 0 if it has none here. */
    public long of(TrackedSocket record) {
        int place = Arrays.binarySearch(fds, 0, size, record.fd());
        return place >= 0 && records[place] == record ? inodes[place] : 0;
    }

    /** Returns whether this socket has an inode here. */
    public boolean contains(TrackedSocket record) {
        return of(record) != 0;
    }

    /** The number of sockets. */
    int size() {
        return size;
    }

    /** The inode of the socket at this index, 0 to {@link #size} - 1. */
    long inode(int place) {
        return inodes[place];
    }

    /** Removes these sockets. */
    public void removeIf(Predicate<TrackedSocket> isOver) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            TrackedSocket record = records[i];
            if (record != null && !isOver.test(record)) {
                fds[kept] = fds[i];
                records[kept] = record;
                inodes[kept++] = inodes[i];
            }
        }
        Arrays.fill(records, kept, size, null);
        size = kept;
    }
}
