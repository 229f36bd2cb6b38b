// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.probe.SocketListener;
import java.io.FileDescriptor;
import java.net.Socket;
import java.net.SocketImpl;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Remembers every open socket that it hears of. One open or close is one write into the slot of that descriptor number;
 * nothing here blocks, and nothing keeps a descriptor, socket or channel alive.
 */
public final class Ledger implements SocketListener {

    private final DescriptorNumbers numbers;
    private final SocketTable table = new SocketTable();
    private final LastClosed lastClosed = new LastClosed();
    private final StackPool pool = new StackPool();
    private final Rescues rescues = new Rescues();
    private final LongAdder overwritten = new LongAdder();
    private final LongAdder beyondTable = new LongAdder();
    private final NativeSockets nativeSockets = new NativeSockets(table, overwritten, beyondTable);

    public Ledger(DescriptorNumbers numbers) {
        this.numbers = numbers;
    }

    /**
     * Runs the paths of all events but one on a ledger that is thrown away, so that none of their classes is loaded, and nothing is
     * linked for the first time, under the locks of the JDK. The exception is the accepting into a {@link SocketImpl}: that
     * class may be in the middle of being loaded now.
     *
     * @param fd any descriptor that has a number
     */
    public static void warmUp(DescriptorNumbers numbers, FileDescriptor fd) {
        Ledger scratch = new Ledger(numbers);
        scratch.passed(fd);
        scratch.opened(fd);
        scratch.accepted(fd, fd);
        scratch.readingFor(fd, fd);
        scratch.endOfFile(fd);
        scratch.owned(fd, fd);
        scratch.closing(fd, true);
        scratch.preClosed(fd);
        scratch.collected(numbers.numberOf(fd));
        scratch.endOfFile(fd);
        scratch.closed(fd);
        scratch.nativeOpened(numbers.numberOf(fd));
        scratch.nativeAccepted(numbers.numberOf(fd), numbers.numberOf(fd));
        scratch.nativeEndOfFile(numbers.numberOf(fd), true);
        scratch.nativeClosed(numbers.numberOf(fd));
    }

    @Override
    public void opened(FileDescriptor fd) {
        open(fd, false, null);
    }

    @Override
    public void accepted(FileDescriptor listener, FileDescriptor connection) {
        open(connection, true, find(listener));
        TrackedSocket socket = find(connection);
        if (socket != null) {
            socket.expectsOwner();
        }
    }

    @Override
    public void accepted(FileDescriptor listener, SocketImpl connection) {
        FileDescriptor fd = numbers.descriptorOf(connection);
        if (fd == null) {
            return;
        }
        TrackedSocket socket = find(fd);
        if (socket == null) {
            open(fd, true, find(listener));
        } else {
            socket.acceptedFrom(find(listener));
        }
    }

    @Override
    public void passed(FileDescriptor fd) {
        open(fd, false, null);
    }

    @Override
    public void owned(Object channel, FileDescriptor fd) {
        open(fd, false, null);
        TrackedSocket socket = find(fd);
        if (socket != null) {
            socket.isOwnedBy(channel);
        }
    }

    /** Makes a record, unless there is one of this very descriptor: most pass more than one hook. */
    private void open(FileDescriptor fd, boolean accepted, @Nullable TrackedSocket listener) {
        int number = numbers.numberOf(fd);
        int identity = System.identityHashCode(fd);
        if (!table.holds(number)) {
            if (number >= 0) {
                beyondTable.increment();
            }
            return;
        }
        TrackedSocket known = table.get(number);
        if ((known == null || !known.is(identity)) && !lastClosed.was(number, identity)) {
            Witness listenerOpened = listener == null ? null : listener.opened();
            put(new TrackedSocket(number, identity, Witness.here(), accepted, listenerOpened));
        }
    }

    private void put(TrackedSocket socket) {
        if (table.put(socket) != null) {
            overwritten.increment(); // a close that we did not hear of
        }
    }

    @Override
    public void readingFor(FileDescriptor fd, @Nullable Object handler) {
        TrackedSocket socket = handler == null ? find(fd) : findOrAdopt(fd);
        if (socket != null) {
            socket.isReadFor(handler == null ? null : handler.getClass().getName());
        }
    }

    @Override
    public void endOfFile(FileDescriptor fd) {
        TrackedSocket socket = findOrAdopt(fd);
        if (socket != null) {
            socket.sawEndOfFile();
        }
    }

    @Override
    public void endOfTls(Socket tlsSocket) {
        if (!numbers.isClosedByPeer(tlsSocket)) {
            return; // it was the program's own close that ended the reading
        }
        FileDescriptor fd = numbers.descriptorBelow(tlsSocket);
        TrackedSocket socket = fd == null ? null : findOrAdopt(fd);
        if (socket != null) {
            socket.sawEndOfTls();
        }
    }

    @Override
    public void closing(FileDescriptor fd, boolean open) {
        TrackedSocket socket = open ? findOrAdopt(fd) : find(fd);
        if (socket != null) {
            socket.isClosing();
        }
    }

    @Override
    public void preClosed(FileDescriptor fd) {
        TrackedSocket socket = find(fd);
        if (socket != null) {
            socket.isPreClosedNow();
        }
    }

    @Override
    public void closed(FileDescriptor fd) {
        int number = numbers.numberOf(fd);
        lastClosed.note(number, System.identityHashCode(fd));
        TrackedSocket socket = table.remove(number);
        if (socket != null && socket.closing() == null && isCleaner(Thread.currentThread())) {
            rescues.add(socket);
        }
    }

    @Override
    public void collected(int number) {
        TrackedSocket socket = table.remove(number);
        if (socket != null) {
            rescues.add(socket);
        }
    }

    @Override
    public void nativeOpened(int number) {
        nativeSockets.opened(number);
    }

    @Override
    public void nativeAccepted(int listener, int connection) {
        nativeSockets.accepted(listener, connection);
    }

    @Override
    public void nativeEndOfFile(int number, boolean socket) {
        nativeSockets.endOfFile(number, socket);
    }

    @Override
    public void nativeClosed(int number) {
        nativeSockets.closed(number);
    }

    /** The JDK's one thread that closes what was collected without close. */
    private static boolean isCleaner(Thread thread) {
        return thread.getName().equals("Common-Cleaner");
    }

    /** A socket that was open before the agent is known from the first time that something happens to it; not one that is closed. */
    private @Nullable TrackedSocket findOrAdopt(FileDescriptor fd) {
        TrackedSocket known = find(fd);
        int number = numbers.numberOf(fd);
        int identity = System.identityHashCode(fd);
        if (known == null && table.holds(number) && !lastClosed.was(number, identity)) {
            known = new TrackedSocket(number, identity, null, false, null);
            put(known);
        }
        return known;
    }

    private @Nullable TrackedSocket find(FileDescriptor fd) {
        TrackedSocket socket = table.get(numbers.numberOf(fd));
        return socket != null && socket.is(System.identityHashCode(fd)) ? socket : null;
    }

    /** All open sockets that are known now, by number. */
    public List<TrackedSocket> sockets() {
        return table.all();
    }

    /** What is known of this descriptor number now. */
    public @Nullable TrackedSocket at(int fd) {
        return table.get(fd);
    }

    /** What was collected without close and closed by the JDK's Cleaner. */
    public Rescues rescues() {
        return rescues;
    }

    /** Resolves the stacks of what was witnessed before this time, in milliseconds since the epoch. */
    public void resolveWitnessedBefore(long millis) {
        for (TrackedSocket socket : table.all()) {
            if (!socket.isResolved(millis)) {
                socket.resolve(pool);
            }
        }
        rescues.resolve(pool);
    }

    /** Drops a record that the kernel does not confirm. */
    public boolean forget(TrackedSocket socket) {
        return table.remove(socket);
    }

    /** Opens of a descriptor number whose earlier close was not heard of; 0 unless a hook is missing. */
    public long overwritten() {
        return overwritten.sum();
    }

    /** Opens of descriptor numbers that are too high for the table; their sockets are untracked. */
    public long beyondTable() {
        return beyondTable.sum();
    }
}
