// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.probe.SocketListener;
import java.io.FileDescriptor;
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
    private final StackPool pool = new StackPool();
    private final LongAdder overwritten = new LongAdder();
    private final LongAdder beyondTable = new LongAdder();

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
        scratch.closed(fd);
        scratch.opened(fd);
        scratch.opened(fd);
        scratch.accepted(fd, fd);
        scratch.endOfFile(fd);
        scratch.closing(fd);
        scratch.preClosed(fd);
        scratch.closed(fd);
    }

    @Override
    public void opened(FileDescriptor fd) {
        open(fd, false, null);
    }

    @Override
    public void accepted(FileDescriptor listener, FileDescriptor connection) {
        open(connection, true, find(listener));
    }

    @Override
    public void accepted(FileDescriptor listener, SocketImpl connection) {
        FileDescriptor fd = numbers.descriptorOf(connection);
        TrackedSocket socket = fd == null ? null : find(fd);
        if (socket != null) {
            socket.acceptedFrom(find(listener));
        }
    }

    @Override
    public void passed(FileDescriptor fd) {
        int number = numbers.numberOf(fd);
        int identity = System.identityHashCode(fd);
        TrackedSocket known = table.get(number);
        if (known == null || !known.is(identity)) {
            open(fd, false, null);
        }
    }

    private void open(FileDescriptor fd, boolean accepted, @Nullable TrackedSocket listener) {
        int number = numbers.numberOf(fd);
        if (table.holds(number)) {
            Witness listenerOpened = listener == null ? null : listener.opened();
            put(new TrackedSocket(number, System.identityHashCode(fd), Witness.here(), accepted, listenerOpened));
        } else if (number >= 0) {
            beyondTable.increment();
        }
    }

    private void put(TrackedSocket socket) {
        if (table.put(socket) != null) {
            overwritten.increment(); // a close that we did not hear of
        }
    }

    @Override
    public void endOfFile(FileDescriptor fd) {
        TrackedSocket socket = find(fd);
        if (socket != null) {
            socket.sawEndOfFile();
        }
    }

    @Override
    public void closing(FileDescriptor fd) {
        TrackedSocket socket = find(fd);
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
        table.remove(numbers.numberOf(fd));
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

    /** Resolves the stacks of what was witnessed before this time, in milliseconds since the epoch. */
    public void resolveWitnessedBefore(long millis) {
        for (TrackedSocket socket : table.all()) {
            if (!socket.isResolved(millis)) {
                socket.resolve(pool);
            }
        }
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
