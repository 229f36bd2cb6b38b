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
 * Remembers every open socket that it hears of. One open or close is one write into the slot of that descriptor number;
 * nothing here blocks, and nothing keeps a descriptor, socket or channel alive.
 */
public final class Ledger implements SocketListener {

    /** What the JDK asks the kernel for if the program asks for less than 1. */
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

    /** A ledger that does not know the addresses of what is closed. */
    public Ledger(DescriptorAccess numbers) {
        this(numbers, ConnectionAddresses.UNKNOWN, null, new StackCapturer(StackCapturer.UNLIMITED));
    }

    /**
     * With what else it takes.
     *
     * @param addresses reads the addresses of what is closed
     * @param trace where what happens is noted besides; null for nowhere
     * @param stackCapturer takes the stacks
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
                        0); // there are few listeners, and it is they who say whose a connection is
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

    /** The thread that has accepted is the one that was the first to hear of the connection. */
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

    /** Whether there is room for a record and none of this very descriptor: most pass more than one hook. */
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
     * Drops what is there of an owner of the number of whose close we did not hear. Before the new record is made: if there is no memory
     * for that, the socket shall be untracked, and not look like the one before it.
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
            SocketProbe.setIoEventsEnabled(true); // who goes on using it has not forgotten it
        }
    }

    @Override
    public void tlsEofRead(Socket tlsSocket) {
        if (!numbers.isClosedByPeer(tlsSocket)) {
            return; // it was the program's own close that ended the reading
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
     * Unlike the end of a file, that of TLS, the end of a pending read, and an accept, may be told when another thread has closed the socket
     * and the number is somebody else's. So no record is replaced, and what was closed until the new one is in its slot, is to be taken back.
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
            return; // nobody asked for it
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

    /** Whether its descriptor may stay open for long after the close: then who closed it is asked for. */
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
                closedSocketSample.add(
                        socket, picked); // should there be no memory for the addresses, at least it is counted
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
     * Whether it is one of the JDK's two threads that close what was collected without close: the Cleaner's, or that of the finalizers,
     * which {@code SSLSocket} still has on 17.
     */
    private static boolean isCleanerThread(Thread thread) {
        String name = thread.getName();
        return name.equals("Common-Cleaner") || name.equals("Finalizer");
    }

    /** A socket that was open before the agent is known from the first time that something happens to it; not one that is closed. */
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
     * A listener that was open before the agent is known from its first accept. That has just returned, but only the accept of a
     * {@code ServerSocketChannel} holds the descriptor until we hear of it: with the others a thread may have closed it already, or may
     * while the record is made.
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

    /** All open sockets that are known now, by number. */
    public List<TrackedSocket> sockets() {
        return table.all();
    }

    /** What is known of this descriptor number now. */
    public @Nullable TrackedSocket at(int fd) {
        return table.get(fd);
    }

    /**
     * What the program has closed since the last call, with the stacks of its opening and its closing resolved.
     *
     * @param most so many are looked at, and stand for the others
     */
    public ClosedSocketSample.Batch drainClosed(int most) {
        ClosedSocketSample.Batch batch = closedSocketSample.drain(most, System.nanoTime());
        for (TrackedSocket socket : batch.sampled()) {
            socket.resolveOpenAndClose(pool);
        }
        return batch;
    }

    /** Prepares for what is read out of the JDK's objects of connections that are going to be closed. */
    public void prepareAddressReaders() {
        addresses.prepareReaders();
    }

    /** What became of the stacks of openings. */
    public StackCapturer captures() {
        return stackCapturer;
    }

    /** A connection may be a leak: the opening stacks of its like are all taken from now on. */
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

    /** What has happened; null without a trace. */
    public @Nullable TraceRing trace() {
        return trace;
    }

    /** What was not made or accepted. */
    public FailedOpens refusals() {
        return failedOpens;
    }

    /** Whose uses are witnessed. */
    public LastUseCapture closerLook() {
        return lastUseCapture;
    }

    /** What was collected without close and closed by the JDK's Cleaner. */
    public CleanerCloses rescues() {
        return cleanerCloses;
    }

    /** Resolves the stacks of what was witnessed before this time, in milliseconds since the epoch. */
    public void resolveStacksBefore(long millis) {
        for (TrackedSocket socket : table.all()) {
            if (!socket.isResolved(millis)) {
                socket.resolve(pool);
            }
        }
        cleanerCloses.resolve(pool);
    }

    /**
     * Has reads and writes heeded for as long as one of the sockets may be suspected, or is looked at closer. To be called again and again.
     *
     * @param anySuspected whether one is in CLOSE_WAIT, or was told of its end
     */
    public void updateIoTracking(boolean anySuspected) {
        if (anySuspected || lastUseCapture.isEnabled()) {
            SocketProbe.setIoEventsEnabled(true);
        } else if (SocketProbe.ioEventsEnabled()) {
            SocketProbe.setIoEventsEnabled(false);
            SocketProbe.setIoEventsEnabled(anySawEof()); // one may have been told meanwhile
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

    /** Drops a record that the kernel does not confirm. */
    public boolean drop(TrackedSocket socket) {
        return table.remove(socket);
    }

    /** Opens of a descriptor number whose earlier close was not heard of; 0 unless a hook is missing. */
    public long missedCloses() {
        return missedCloses.get();
    }

    /** Events that were missed because of an error of ours, as at the end of a stack: what then is not known proves nothing. */
    public long missedEvents() {
        return SocketProbe.errorCount();
    }

    /** Opens of descriptor numbers that are too high for the table; their sockets are untracked. */
    public long beyondTable() {
        return beyondTable.get();
    }
}
