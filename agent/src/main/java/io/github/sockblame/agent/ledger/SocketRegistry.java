// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/*
 * Concurrency. Most events, an ordinary EOF among them, come while their number is taken, so two threads never write
 * into one slot (SocketTable). Three events may arrive late, when another thread has closed the socket and the number
 * has another owner: the EOF of TLS, the end of a pending asynchronous read, and the accept from a listener that was
 * open before the agent. A late event never replaces a record. It fills an empty slot (adoptIfFree), then checks whether
 * the socket was closed meanwhile, and if so removes its record again (undoAdoption).
 */
/**
 * The records of open sockets, by descriptor. A descriptor is given by its number and by the identity hash code of its
 * {@link java.io.FileDescriptor}, so that an event of an earlier owner of a number never reaches the record of the
 * present one. No method blocks.
 */
class SocketRegistry {

    private final SocketTable table = new SocketTable();
    private final LastClosedDescriptors lastClosedDescriptors = new LastClosedDescriptors();
    private final AtomicLong missedCloses = new AtomicLong();
    private final AtomicLong beyondTable = new AtomicLong();

    /** The record of this number, of any owner. */
    final @Nullable TrackedSocket at(int number) {
        return table.get(number);
    }

    /** The record of this descriptor; null if it has none. */
    final @Nullable TrackedSocket find(int number, int identity) {
        TrackedSocket socket = table.get(number);
        return socket != null && socket.hasIdentity(identity) ? socket : null;
    }

    /**
     * Returns whether the number is in range and this descriptor has no record yet. If so, removes the record of an
     * earlier owner. Most descriptors pass more than one hook.
     */
    final boolean claimSlot(int number, int identity) {
        if (!checkRange(number)) {
            return false;
        }
        TrackedSocket known = table.get(number);
        boolean isNew =
                (known == null || !known.hasIdentity(identity)) && !lastClosedDescriptors.wasLast(number, identity);
        if (isNew) {
            evictStale(number);
        }
        return isNew;
    }

    /** Returns whether the table has a slot for this number, and counts the number if it is too high. */
    final boolean checkRange(int number) {
        boolean inRange = table.inRange(number);
        if (!inRange && number >= 0) {
            beyondTable.incrementAndGet();
        }
        return inRange;
    }

    /**
     * Removes the record of an earlier owner, whose close the agent missed. This comes before the new record is made:
     * if there is no memory for that, the socket becomes untracked, and does not look like the one before it.
     */
    final void evictStale(int number) {
        if (table.remove(number) != null) {
            missedCloses.incrementAndGet();
        }
    }

    /** Fills the slot of this record's number. */
    final void put(TrackedSocket socket) {
        TrackedSocket unused = table.put(socket);
    }

    /** Returns the record, and makes one for a socket that was open before the agent. A closed socket gets none. */
    final @Nullable TrackedSocket findOrAdopt(int number, int identity) {
        TrackedSocket known = find(number, identity);
        if (known == null && table.inRange(number) && !lastClosedDescriptors.wasLast(number, identity)) {
            evictStale(number);
            known = newAdopted(number, identity);
            put(known);
        }
        return known;
    }

    /**
     * Returns the listener's record, and makes one at its first accept if it was open before the agent. The accept has
     * just returned. Only the accept of a {@code ServerSocketChannel} holds the descriptor until this event; with the
     * others, another thread may close it before or while the record is made.
     */
    final @Nullable TrackedSocket findOrAdoptListener(int number, int identity) {
        TrackedSocket known = find(number, identity);
        if (known != null) {
            return known;
        }
        TrackedSocket adopted = adoptIfFree(number, identity);
        if (adopted == null) {
            return find(number, identity); // two threads accept from it, and the other one was first
        }
        return lastClosedDescriptors.wasLast(number, identity) ? undoAdoption(adopted) : adopted;
    }

    /** The same for a listener of native code, which is open now. */
    final @Nullable TrackedSocket findOrAdoptNativeListener(int number) {
        TrackedSocket known = table.get(number);
        if (known == null && table.inRange(number)) {
            TrackedSocket adopted = newAdopted(number, TrackedSocket.NATIVE);
            known = table.putIfAbsent(adopted) ? adopted : table.get(number);
        }
        return known;
    }

    /** Returns the record of a number of native code, and makes one for a socket that was open before the agent. */
    final @Nullable TrackedSocket findOrAdoptNative(int number) {
        TrackedSocket known = table.get(number);
        if (known == null && table.inRange(number)) {
            known = newAdopted(number, TrackedSocket.NATIVE);
            put(known);
        }
        return known;
    }

    /**
     * Adopts the socket of a late event (see above): it replaces no record, and the caller undoes the adoption if the
     * socket was closed meanwhile.
     */
    final @Nullable TrackedSocket adoptIfFree(int number, int identity) {
        if (!table.inRange(number) || lastClosedDescriptors.wasLast(number, identity)) {
            return null;
        }
        TrackedSocket adopted = newAdopted(number, identity);
        return table.putIfAbsent(adopted) ? adopted : null;
    }

    /** Removes the record that {@link #adoptIfFree} made, and returns null. */
    final @Nullable TrackedSocket undoAdoption(TrackedSocket adopted) {
        boolean unused = table.remove(adopted);
        return null;
    }

    /** Makes the record of a socket that was open before the agent; a test closes the socket at this moment. */
    TrackedSocket newAdopted(int number, int identity) {
        return new TrackedSocket(number, identity, null, false, null);
    }

    /** Removes the record of a number that this descriptor is about to give back, and remembers the descriptor. */
    final @Nullable TrackedSocket removeClosed(int number, int identity) {
        lastClosedDescriptors.record(number, identity);
        return table.remove(number);
    }

    /** Removes the record of a number whose descriptor is unknown. */
    final @Nullable TrackedSocket remove(int number) {
        return table.remove(number);
    }

    /** Removes this very record. */
    final boolean remove(TrackedSocket socket) {
        return table.remove(socket);
    }

    /** All records, by number. */
    final List<TrackedSocket> all() {
        return table.all();
    }

    /** Opens of a descriptor number without an event of the earlier close. */
    final long missedCloses() {
        return missedCloses.get();
    }

    /** Opens of descriptor numbers that are too high for the table. */
    final long beyondTable() {
        return beyondTable.get();
    }
}
