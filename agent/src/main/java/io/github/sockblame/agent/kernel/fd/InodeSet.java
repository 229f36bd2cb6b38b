// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.fd;

import io.github.sockblame.agent.collection.LongIndex;
import java.util.Collection;

/**
 * A fixed set of inodes with one lookup for each table row: a lookup needs no object, and each inode has a place for
 * its value.
 */
public final class InodeSet {

    private final LongIndex inodes;

    /** The set of these inodes. */
    public InodeSet(Collection<Long> inodes) {
        this.inodes = new LongIndex(inodes.size());
        for (long inode : inodes) {
            add(inode);
        }
    }

    /** The set of the inodes of these sockets. */
    public InodeSet(SocketInodes sockets) {
        inodes = new LongIndex(sockets.size());
        for (int i = 0; i < sockets.size(); i++) {
            add(sockets.inode(i));
        }
    }

    private void add(long inode) {
        if (inode != 0) { // which is no socket's
            int unused = inodes.add(inode);
        }
    }

    /** Returns whether this inode is in the set. */
    public boolean contains(long inode) {
        return placeOf(inode) >= 0;
    }

    /** Number of places. */
    public int places() {
        return inodes.size();
    }

    /** The place of this inode, less than {@link #places}; -1 if it is not in the set. */
    public int placeOf(long inode) {
        return inodes.numberOf(inode);
    }

    /** The inode at this place. */
    long at(int place) {
        return inodes.key(place);
    }
}
