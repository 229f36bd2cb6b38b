// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import java.util.Collection;

/**
 * A fixed set of inodes with one lookup for each table row: a lookup needs no object, and each inode has a place for
 * its value.
 */
final class InodeSet {

    private final long[] slots; // a power of two; 0, which is no socket's inode, is empty

    InodeSet(Collection<Long> inodes) {
        slots = slotsFor(inodes.size());
        for (long inode : inodes) {
            add(inode);
        }
    }

    InodeSet(SocketInodes sockets) {
        slots = slotsFor(sockets.size());
        for (int i = 0; i < sockets.size(); i++) {
            add(sockets.inode(i));
        }
    }

    private static long[] slotsFor(int size) {
        return new long[Math.max(4, Integer.highestOneBit(Math.max(1, size)) * 4)];
    }

    private void add(long inode) {
        if (inode != 0) {
            slots[slot(inode)] = inode;
        }
    }

    boolean contains(long inode) {
        return inode != 0 && slots[slot(inode)] == inode;
    }

    /** Number of places. */
    int places() {
        return slots.length;
    }

    /** The place of this inode, less than {@link #places}; -1 if it is not in the set. */
    int placeOf(long inode) {
        int place = inode == 0 ? -1 : slot(inode);
        return place >= 0 && slots[place] == inode ? place : -1;
    }

    /** The inode at this place; 0 if none is there. */
    long at(int place) {
        return slots[place];
    }

    /** Inodes are handed out in sequence, so neighbours have neighbouring places. */
    private int slot(long inode) {
        int place = (int) (inode ^ inode >>> 32) & (slots.length - 1);
        while (slots[place] != 0 && slots[place] != inode) {
            place = (place + 1) & (slots.length - 1);
        }
        return place;
    }
}
