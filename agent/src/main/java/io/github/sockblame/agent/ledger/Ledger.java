// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.probe.SocketListener;
import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketImpl;
import java.nio.channels.Channel;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Records every open socket that has an event. One open or close is one write into the slot of that descriptor number;
 * no method blocks, and the ledger keeps no descriptor, socket or channel alive.
 *
 * <p>Concurrency. Most events, an ordinary EOF among them, come while their number is taken, so two threads never write
 * into one slot ({@link SocketTable}). Three events may arrive late, when another thread has closed the socket and the
 * number has another owner: the EOF of TLS, the end of a pending asynchronous read, and the accept from a listener that
 * was open before the agent. A late event never replaces a record. It fills an empty slot, then checks whether the
 * socket was closed meanwhile, and if so removes its record again.
 */
public final class Ledger implements SocketListener {

    /** The backlog of the JDK if the program gives less than 1. */
    private static final int DEFAULT_BACKLOG = 50;

    private final DescriptorAccess numbers;
    private final ConnectionAddresses addresses;
    private final SocketTable table = new SocketTable();
    private final LastClosedDescriptors lastClosedDescriptors = new LastClosedDescriptors();
    private final StackInterner pool = new StackInterner();
    private final CleanerCloses cleanerCloses = new CleanerCloses();
    private final ClosedSocketSample closedSocketSample = new ClosedSocketSample(System.nanoTime());
    private final LastUseCapture lastUseCapture = new LastUseCapture();
    private final FailedOpens failedOpens = new FailedOpens();
    private final StackCapturer stackCapturer;
    private final AtomicLong missedCloses = new AtomicLong();
    private final AtomicLong beyondTable = new AtomicLong();
    private final @Nullable TraceRing trace;
    private final NativeSocketEvents nativeSocketEvents;

    /** A ledger that records no addresses of closed sockets. */
    public Ledger(DescriptorAccess numbers) {
        this(numbers, ConnectionAddresses.UNKNOWN, null, new StackCapturer(StackCapturer.UNLIMITED));
    }

    /**
     * A ledger with all its parts.
     *
     * @param addresses reads the addresses of sockets at their close
     * @param trace receives each event as well; null for no trace
     * @param stackCapturer captures the stacks
     */
    public Ledger(
            DescriptorAccess numbers,
            ConnectionAddresses addresses,
            @Nullable TraceRing trace,
            StackCapturer stackCapturer) {
        this.numbers = numbers;
        this.addresses = addresses;
        this.trace = trace;
        this.stackCapturer = stackCapturer;
        this.nativeSocketEvents =
                new NativeSocketEvents(table, closedSocketSample, missedCloses, beyondTable, trace, stackCapturer);
    }

    @Override
    public void opened(FileDescriptor fd) {
        if (claimSlot(fd)) {
            add(fd, stackCapturer.captureOpening(), false, null);
        }
    }

    @Override
    public void connecting(FileDescriptor fd, @Nullable InetAddress remote, int port) {
        TrackedSocket socket = find(fd);
        if (socket != null && socket.isOpeningStackPending()) {
            stackCapturer.resolvePendingOpening(socket, remote, port);
        }
    }

    @Override
    public void listening(FileDescriptor fd, int backlog) {
        TrackedSocket socket = find(fd);
        if (socket != null) {
            if (socket.isOpeningStackPending()) {
                socket.setOpeningStack(
                        stackCapturer.capture(null),
                        0); // there are few listeners, and their stacks identify the connections
            }
            socket.recordListen(backlog < 1 ? DEFAULT_BACKLOG : backlog);
        }
    }

    @Override
    public void accepted(FileDescriptor listener, FileDescriptor connection) {
        TrackedSocket from = findOrAdoptListener(listener);
        if (claimSlot(connection)) {
            add(connection, stackCapturer.captureOpening(), true, from);
        }
        TrackedSocket socket = find(connection);
        if (socket != null && from != null) {
            socket.expectChannelFrom(from);
        }
        countAccept(from, socket);
    }

    @Override
    public void accepted(@Nullable FileDescriptor listener, SocketImpl connection) {
        FileDescriptor fd = numbers.descriptorOf(connection);
        if (fd == null) {
            return;
        }
        TrackedSocket from = listener == null ? null : findOrAdoptListener(listener);
        TrackedSocket socket = find(fd);
        if (socket == null && claimSlot(fd)) {
            add(fd, stackCapturer.captureOpening(), true, from);
            socket = find(fd);
        } else if (socket != null) {
            socket.setAcceptedFrom(from);
            if (socket.isOpeningStackPending() && from != null) {
                stackCapturer.resolvePendingOpening(socket, from);
            }
        }
        countAccept(from, socket);
        socketImplCreated(connection, fd);
    }

    /** The accepting thread is the one in the connection's first event. */
    private static void countAccept(@Nullable TrackedSocket listener, @Nullable TrackedSocket accepted) {
        if (listener != null) {
            listener.recordAccept(accepted == null ? null : accepted.opened());
        }
    }

    @Override
    public void socketImplCreated(SocketImpl implementation, FileDescriptor fd) {
        TrackedSocket socket = find(fd);
        if (socket != null) {
            socket.setSocketImpl(implementation);
            addresses.registerType(implementation);
        }
    }

    @Override
    public void openFailed(Throwable why) {
        failedOpens.add(why);
    }

    @Override
    public void ioCompleted(FileDescriptor fd) {
        TrackedSocket socket = find(fd);
        if (socket != null) {
            socket.recordUse(lastUseCapture, stackCapturer);
        }
    }

    @Override
    public void descriptorSeen(FileDescriptor fd) {
        if (claimSlot(fd)) {
            add(fd, stackCapturer.captureOpening(), false, null);
        }
    }

    @Override
    public void channelCreated(Object channel, FileDescriptor fd) {
        if (claimSlot(fd)) {
            add(fd, stackCapturer.captureOpening(), false, null);
        }
        TrackedSocket socket = find(fd);
        if (socket != null) {
            socket.setChannel(channel);
            addresses.registerType(channel);
        }
    }

    /**
     * Returns whether the number is in range and this descriptor has no record yet; removes the record of an earlier
     * owner. Most descriptors pass more than one hook.
     */
    private boolean claimSlot(FileDescriptor fd) {
        int number = numbers.numberOf(fd);
        if (!table.inRange(number)) {
            if (number >= 0) {
                beyondTable.incrementAndGet();
            }
            return false;
        }
        int identity = System.identityHashCode(fd);
        TrackedSocket known = table.get(number);
        boolean isNew =
                (known == null || !known.hasIdentity(identity)) && !lastClosedDescriptors.wasLast(number, identity);
        if (isNew) {
            evictStale(number);
        }
        return isNew;
    }

    private void add(FileDescriptor fd, CapturedEvent opened, boolean accepted, @Nullable TrackedSocket listener) {
        TrackedSocket socket = new TrackedSocket(
                numbers.numberOf(fd),
                System.identityHashCode(fd),
                opened,
                accepted,
                listener == null ? null : listener.opened());
        if (!opened.hasStack()) {
            socket.deferOpeningStack();
            if (listener != null) {
                stackCapturer.resolvePendingOpening(socket, listener);
            }
        }
        if (lastUseCapture.tryAcquireNewSocket()) {
            socket.startUseCapture();
        }
        table.put(socket);
        if (trace != null) {
            trace.opened(socket);
        }
    }

    /**
     * Removes the record of an earlier owner, whose close the agent missed. This comes before the new record is made:
     * if there is no memory for that, the socket becomes untracked, and does not look like the one before it.
     */
    private void evictStale(int number) {
        if (table.remove(number) != null) {
            missedCloses.incrementAndGet();
        }
    }

    @Override
    public void asyncReadStarting(Channel channel, FileDescriptor fd, @Nullable Object handler) {
        TrackedSocket socket = find(fd);
        if (socket == null && handler != null) {
            socket = adoptUnderlying(channel, fd);
        }
        if (socket != null) {
            socket.setPendingReadHandler(
                    handler == null ? null : handler.getClass().getName());
        }
    }

    @Override
    public void eofRead(FileDescriptor fd) {
        TrackedSocket socket = findOrAdopt(fd);
        if (socket != null) {
            boolean first = socket.endOfFile() == null;
            socket.recordEof(stackCapturer);
            if (trace != null && first) {
                trace.sawEndOfFile(socket);
            }
            SocketProbe.setIoEventsEnabled(true); // a program that still uses it has not forgotten it
        }
    }

    @Override
    public void tlsEofRead(Socket tlsSocket) {
        if (!numbers.isClosedByPeer(tlsSocket)) {
            return; // the program's own close ended the reading
        }
        FileDescriptor fd = numbers.underlyingDescriptor(tlsSocket);
        TrackedSocket socket = fd == null ? null : find(fd);
        if (socket == null && fd != null) {
            socket = adoptUnderlying(tlsSocket, fd);
        }
        if (socket != null) {
            socket.recordTlsEof(stackCapturer);
            SocketProbe.setIoEventsEnabled(true);
        }
    }

    private @Nullable TrackedSocket adoptUnderlying(Socket tlsSocket, FileDescriptor fd) {
        TrackedSocket adopted = adoptIfFree(fd);
        return adopted == null || numbers.underlyingDescriptor(tlsSocket) != null ? adopted : undoAdoption(adopted);
    }

    private @Nullable TrackedSocket adoptUnderlying(Channel channel, FileDescriptor fd) {
        TrackedSocket adopted = channel.isOpen() ? adoptIfFree(fd) : null;
        return adopted == null || channel.isOpen() ? adopted : undoAdoption(adopted);
    }

    /**
     * Adopts the socket of a late event (see the class): it replaces no record, and the caller undoes the adoption if
     * the socket was closed meanwhile.
     */
    private @Nullable TrackedSocket adoptIfFree(FileDescriptor fd) {
        int number = numbers.numberOf(fd);
        if (!table.inRange(number) || lastClosedDescriptors.wasLast(number, System.identityHashCode(fd))) {
            return null;
        }
        TrackedSocket adopted = adopted(fd);
        return table.putIfAbsent(adopted) ? adopted : null;
    }

    private @Nullable TrackedSocket undoAdoption(TrackedSocket adopted) {
        table.remove(adopted);
        return null;
    }

    @Override
    public void closeRequested(FileDescriptor fd, boolean open) {
        if (isCleanerThread(Thread.currentThread())) {
            return; // not a request of the program
        }
        TrackedSocket socket = open ? findOrAdopt(fd) : find(fd);
        if (socket != null && socket.closing() == null) {
            boolean picked = closedSocketSample.samples(socket.identity());
            if (picked) {
                socket.markSampled();
            }
            boolean wanted = picked || trace != null || (open && closeMayLinger(socket));
            socket.recordCloseRequest(
                    wanted && stackCapturer.canAffordOptional()
                            ? stackCapturer.capture(null)
                            : stackCapturer.captureWithoutStack());
        }
    }

    /**
     * Returns whether the descriptor may stay open for long after the close. If so, the stack of the close request is
     * captured.
     */
    private boolean closeMayLinger(TrackedSocket socket) {
        Object owner = socket.owner();
        return owner != null && addresses.isSelectorRegistered(owner);
    }

    @Override
    public void preClosing(FileDescriptor fd) {
        TrackedSocket socket = find(fd);
        if (socket != null) {
            socket.markPreClosed();
        }
    }

    @Override
    public void closed(FileDescriptor fd) {
        int number = numbers.numberOf(fd);
        lastClosedDescriptors.record(number, System.identityHashCode(fd));
        TrackedSocket socket = table.remove(number);
        if (trace != null && socket != null) {
            trace.closed(socket);
        }
        if (socket != null && socket.closing() == null && isCleanerThread(Thread.currentThread())) {
            cleanerCloses.add(socket);
        } else if (socket != null) {
            boolean picked =
                    socket.closing() == null ? closedSocketSample.samples(socket.identity()) : socket.isSampled();
            try {
                if (picked) {
                    recordEndpoints(socket);
                }
            } finally {
                closedSocketSample.add(socket, picked); // counts it even if there is no memory for the addresses
            }
        }
    }

    private void recordEndpoints(TrackedSocket socket) {
        Object owner = socket.owner();
        if (owner != null) {
            socket.setEndpoints(addresses.endpointsOf(owner));
        }
    }

    @Override
    public void closedByCleaner(int number) {
        TrackedSocket socket = table.remove(number);
        if (trace != null && socket != null) {
            trace.closed(socket);
        }
        if (socket != null) {
            cleanerCloses.add(socket);
        }
    }

    @Override
    public void nativeOpened(int number) {
        nativeSocketEvents.opened(number);
    }

    @Override
    public void nativeListening(int number, int backlog) {
        nativeSocketEvents.listening(number, backlog);
    }

    @Override
    public void nativeAccepted(int listener, int connection) {
        nativeSocketEvents.accepted(listener, connection);
    }

    @Override
    public void nativeEofRead(int number, boolean socket) {
        nativeSocketEvents.endOfFile(number, socket);
    }

    @Override
    public void nativeClosed(int number) {
        nativeSocketEvents.closed(number);
    }

    /**
     * Returns whether the thread is the JDK's Cleaner or Finalizer thread, which close collected sockets.
     * {@code SSLSocket} still has a finalizer on 17.
     */
    private static boolean isCleanerThread(Thread thread) {
        String name = thread.getName();
        return name.equals("Common-Cleaner") || name.equals("Finalizer");
    }

    /** Returns the record, and makes one for a socket that was open before the agent. A closed socket gets none. */
    private @Nullable TrackedSocket findOrAdopt(FileDescriptor fd) {
        TrackedSocket known = find(fd);
        int number = numbers.numberOf(fd);
        if (known == null
                && table.inRange(number)
                && !lastClosedDescriptors.wasLast(number, System.identityHashCode(fd))) {
            evictStale(number);
            known = adopted(fd);
            table.put(known);
        }
        return known;
    }

    /**
     * Returns the listener's record, and makes one at its first accept if it was open before the agent. The accept has
     * just returned. Only the accept of a {@code ServerSocketChannel} holds the descriptor until this event; with the
     * others, another thread may close it before or while the record is made.
     */
    private @Nullable TrackedSocket findOrAdoptListener(FileDescriptor fd) {
        TrackedSocket known = find(fd);
        if (known != null) {
            return known;
        }
        TrackedSocket adopted = adoptIfFree(fd);
        if (adopted == null) {
            return find(fd); // two threads accept from it, and the other one was first
        }
        return lastClosedDescriptors.wasLast(adopted.fd(), System.identityHashCode(fd))
                ? undoAdoption(adopted)
                : adopted;
    }

    private TrackedSocket adopted(FileDescriptor fd) {
        return new TrackedSocket(numbers.numberOf(fd), System.identityHashCode(fd), null, false, null);
    }

    private @Nullable TrackedSocket find(FileDescriptor fd) {
        TrackedSocket socket = table.get(numbers.numberOf(fd));
        return socket != null && socket.hasIdentity(System.identityHashCode(fd)) ? socket : null;
    }

    /** All open sockets that have a record now, by number. */
    public List<TrackedSocket> sockets() {
        return table.all();
    }

    /** The record of this descriptor number now; null if there is none. */
    public @Nullable TrackedSocket at(int fd) {
        return table.get(fd);
    }

    /**
     * Returns the sockets that the program has closed since the last call, with the stacks of opening and close
     * resolved.
     *
     * @param most the largest size of the sample, which represents all of them
     */
    public ClosedSocketSample.Batch drainClosed(int most) {
        ClosedSocketSample.Batch batch = closedSocketSample.drain(most, System.nanoTime());
        for (TrackedSocket socket : batch.sampled()) {
            socket.resolveOpenAndClose(pool);
        }
        return batch;
    }

    /** Prepares the readers for the JDK's objects of connections that will be closed later. */
    public void prepareAddressReaders() {
        addresses.prepareReaders();
    }

    /** The state of the capture of opening stacks. */
    public StackCapturer captures() {
        return stackCapturer;
    }

    /**
     * Marks a connection as a suspect: from now on the opening stacks of all connections with the same endpoint are
     * captured.
     */
    public void markSuspect(TrackedSocket socket) {
        if (!stackCapturer.hasSampled()) {
            return;
        }
        CapturedEvent listenerOpened = socket.listenerOpened();
        Object owner = socket.owner();
        ConnectionEndpoints ends = owner == null || listenerOpened != null ? null : addresses.endpointsOf(owner);
        if (ends != null) {
            stackCapturer.markSuspect(ends.remote(), ends.remotePort());
        } else {
            stackCapturer.markSuspect(listenerOpened);
        }
    }

    /** The trace; null if there is none. */
    public @Nullable TraceRing trace() {
        return trace;
    }

    /** The sockets that were not opened or accepted. */
    public FailedOpens refusals() {
        return failedOpens;
    }

    /** The quota of last-use tracking. */
    public LastUseCapture closerLook() {
        return lastUseCapture;
    }

    /** The sockets that were collected without a close and closed by the JDK's Cleaner. */
    public CleanerCloses rescues() {
        return cleanerCloses;
    }

    /** Resolves the stacks that were captured before this time, in milliseconds since the epoch. */
    public void resolveStacksBefore(long millis) {
        for (TrackedSocket socket : table.all()) {
            if (!socket.isResolved(millis)) {
                socket.resolve(pool);
            }
        }
        cleanerCloses.resolve(pool);
    }

    /**
     * Switches the events of reads and writes on while a socket may be a suspect or last-use tracking is on, and off
     * otherwise. Must be called in each round.
     *
     * @param anySuspected whether a socket is in CLOSE_WAIT, or has read EOF
     */
    public void updateIoTracking(boolean anySuspected) {
        if (anySuspected || lastUseCapture.isEnabled()) {
            SocketProbe.setIoEventsEnabled(true);
        } else if (SocketProbe.ioEventsEnabled()) {
            SocketProbe.setIoEventsEnabled(false);
            SocketProbe.setIoEventsEnabled(anySawEof()); // a thread may have read EOF meanwhile
        }
    }

    private boolean anySawEof() {
        for (TrackedSocket socket : table.all()) {
            if (socket.eofEvent() != null) {
                return true;
            }
        }
        return false;
    }

    /** Removes a record that the kernel does not confirm. */
    public boolean drop(TrackedSocket socket) {
        return table.remove(socket);
    }

    /** Opens of a descriptor number without an event of the earlier close; 0 unless a hook is missing. */
    public long missedCloses() {
        return missedCloses.get();
    }

    /**
     * Events that an internal error dropped, for example at the end of a stack. If there are any, the absence of an
     * event proves nothing.
     */
    public long missedEvents() {
        return SocketProbe.errorCount();
    }

    /** Opens of descriptor numbers that are too high for the table; their sockets are untracked. */
    public long beyondTable() {
        return beyondTable.get();
    }
}
