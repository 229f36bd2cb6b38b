// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.MonotonicClock;
import io.github.sockblame.agent.capture.StackCapturer;
import io.github.sockblame.probe.SocketListener;
import java.io.FileDescriptor;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketImpl;
import java.nio.channels.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Records every open socket that has an event. One open or close is one write into the slot of that descriptor number;
 * no method blocks, and the ledger keeps no descriptor, socket or channel alive.
 *
 * <p>Each method is one event of the probe, on the program's thread. It reads the number of each descriptor once, and
 * passes number and identity on. {@link SocketRegistry} has the rules for events that arrive late. The watch thread
 * reads the ledger through a {@link LedgerView}.
 */
public final class Ledger implements SocketListener {

    /** The backlog of the JDK if the program gives less than 1. */
    private static final int DEFAULT_BACKLOG = 50;

    private final DescriptorAccess numbers;
    private final PendingOpeningStacks pendingStacks;
    private final NativeSocketEvents nativeSocketEvents;
    final SocketRegistry registry;
    final CloseRecorder closeRecorder;
    final ConnectionAddresses addresses;
    final StackCapturer stackCapturer;
    final LastUseCapture lastUseCapture = new LastUseCapture();
    final FailedOpens failedOpens = new FailedOpens();
    final IoEventSwitch ioEvents;
    final ProbeControl probe;
    final @Nullable TraceRing trace;

    /**
     * An empty ledger.
     *
     * @param addresses reads the addresses of sockets at their close
     * @param trace receives each event as well; null for no trace
     * @param stackCapturer captures the stacks
     */
    public Ledger(
            DescriptorAccess numbers,
            ConnectionAddresses addresses,
            ProbeControl probe,
            @Nullable TraceRing trace,
            StackCapturer stackCapturer) {
        this(numbers, addresses, probe, trace, stackCapturer, new SocketRegistry());
    }

    Ledger(
            DescriptorAccess numbers,
            ConnectionAddresses addresses,
            ProbeControl probe,
            @Nullable TraceRing trace,
            StackCapturer stackCapturer,
            SocketRegistry registry) {
        this.numbers = numbers;
        this.addresses = addresses;
        this.probe = probe;
        this.trace = trace;
        this.stackCapturer = stackCapturer;
        this.registry = registry;
        this.ioEvents = new IoEventSwitch(probe);
        this.pendingStacks = new PendingOpeningStacks(stackCapturer, probe);
        this.closeRecorder = new CloseRecorder(addresses, stackCapturer, trace);
        this.nativeSocketEvents = new NativeSocketEvents(registry, closeRecorder, stackCapturer, pendingStacks, trace);
    }

    @Override
    public void opened(FileDescriptor fd) {
        int number = numbers.numberOf(fd);
        int identity = System.identityHashCode(fd);
        if (registry.claimSlot(number, identity)) {
            TrackedSocket unused = add(number, identity, stackCapturer.captureOpening(), false, null);
        }
    }

    @Override
    public void descriptorSeen(FileDescriptor fd) {
        opened(fd);
    }

    @Override
    public void connecting(FileDescriptor fd, @Nullable InetAddress remote, int port) {
        TrackedSocket socket = find(fd);
        if (socket != null && socket.isOpeningStackPending()) {
            pendingStacks.decide(socket, remote, port);
        }
    }

    @Override
    public void listening(FileDescriptor fd, int backlog) {
        TrackedSocket socket = find(fd);
        if (socket != null) {
            if (socket.isOpeningStackPending()) {
                // there are few listeners, and their stacks identify the connections
                socket.setOpeningStack(stackCapturer.capture(null), 0);
            }
            socket.recordListen(backlog < 1 ? DEFAULT_BACKLOG : backlog);
        }
    }

    @Override
    public void accepted(FileDescriptor listener, FileDescriptor connection) {
        TrackedSocket from = findOrAdoptListener(listener);
        int number = numbers.numberOf(connection);
        int identity = System.identityHashCode(connection);
        TrackedSocket socket = registry.claimSlot(number, identity)
                ? add(number, identity, stackCapturer.captureOpening(), true, from)
                : registry.find(number, identity);
        if (socket != null && from != null) {
            socket.expectChannelFrom(from, probe);
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
        int number = numbers.numberOf(fd);
        int identity = System.identityHashCode(fd);
        TrackedSocket socket = registry.find(number, identity);
        if (socket != null) {
            socket.setAcceptedFrom(from);
            if (socket.isOpeningStackPending() && from != null) {
                pendingStacks.decideByListener(socket, from.opened());
            }
        } else if (registry.claimSlot(number, identity)) {
            socket = add(number, identity, stackCapturer.captureOpening(), true, from);
        }
        countAccept(from, socket);
        setSocketImpl(socket, connection);
    }

    private @Nullable TrackedSocket findOrAdoptListener(FileDescriptor fd) {
        return registry.findOrAdoptListener(numbers.numberOf(fd), System.identityHashCode(fd));
    }

    /** The accepting thread is the one in the connection's first event. */
    private static void countAccept(@Nullable TrackedSocket listener, @Nullable TrackedSocket accepted) {
        if (listener != null) {
            listener.recordAccept(accepted == null ? null : accepted.opened());
        }
    }

    private TrackedSocket add(
            int number, int identity, CapturedEvent opened, boolean accepted, @Nullable TrackedSocket listener) {
        CapturedEvent listenerOpened = listener == null ? null : listener.opened();
        TrackedSocket socket = new TrackedSocket(number, identity, opened, accepted, listenerOpened);
        if (!opened.hasStack()) {
            if (listener == null) {
                pendingStacks.defer(socket);
            } else {
                pendingStacks.decideByListener(socket, listenerOpened);
            }
        }
        if (lastUseCapture.tryAcquireNewSocket()) {
            socket.startUseCapture();
        }
        registry.put(socket);
        if (trace != null) {
            trace.opened(socket);
        }
        return socket;
    }

    @Override
    public void openFailed(Throwable why) {
        failedOpens.add(why);
    }

    @Override
    public void channelCreated(Object channel, FileDescriptor fd) {
        int number = numbers.numberOf(fd);
        int identity = System.identityHashCode(fd);
        TrackedSocket socket = registry.claimSlot(number, identity)
                ? add(number, identity, stackCapturer.captureOpening(), false, null)
                : registry.find(number, identity);
        if (socket != null) {
            socket.setChannel(channel);
            addresses.registerType(channel);
        }
    }

    @Override
    public void socketImplCreated(SocketImpl implementation, FileDescriptor fd) {
        setSocketImpl(find(fd), implementation);
    }

    private void setSocketImpl(@Nullable TrackedSocket socket, SocketImpl implementation) {
        if (socket != null) {
            socket.setSocketImpl(implementation);
            addresses.registerType(implementation);
        }
    }

    @Override
    public void ioCompleted(FileDescriptor fd) {
        TrackedSocket socket = find(fd);
        if (socket == null) {
            return;
        }
        if (socket.capturesUse() && lastUseCapture.tryAcquireStack()) {
            socket.recordUse(stackCapturer.capture(null));
        } else {
            socket.recordUse(MonotonicClock.millis());
        }
    }

    @Override
    public void asyncReadStarting(Channel channel, FileDescriptor fd, @Nullable Object handler) {
        int number = numbers.numberOf(fd);
        int identity = System.identityHashCode(fd);
        TrackedSocket socket = registry.find(number, identity);
        if (socket == null && handler != null) {
            socket = adoptIfOpen(channel, number, identity);
        }
        if (socket != null) {
            socket.setPendingReadHandler(
                    handler == null ? null : handler.getClass().getName());
        }
    }

    private @Nullable TrackedSocket adoptIfOpen(Channel channel, int number, int identity) {
        TrackedSocket adopted = channel.isOpen() ? registry.adoptIfFree(number, identity) : null;
        return adopted == null || channel.isOpen() ? adopted : registry.undoAdoption(adopted);
    }

    @Override
    public void eofRead(FileDescriptor fd) {
        TrackedSocket socket = registry.findOrAdopt(numbers.numberOf(fd), System.identityHashCode(fd));
        if (socket == null) {
            return;
        }
        if (socket.eof() == null) {
            socket.recordEof(stackCapturer.capture(socket.pendingReadHandler()));
            if (trace != null) {
                trace.eofRead(socket);
            }
        }
        ioEvents.ensureOn(); // a program that still uses it has not forgotten it
    }

    @Override
    public void tlsEofRead(Socket tlsSocket) {
        if (!numbers.isClosedByPeer(tlsSocket)) {
            return; // the program's own close ended the reading
        }
        FileDescriptor fd = numbers.underlyingDescriptor(tlsSocket);
        if (fd == null) {
            return;
        }
        int number = numbers.numberOf(fd);
        int identity = System.identityHashCode(fd);
        TrackedSocket socket = registry.find(number, identity);
        if (socket == null) {
            socket = adoptIfOpen(tlsSocket, number, identity);
        }
        if (socket != null) {
            if (socket.closeNotify() == null) {
                socket.recordTlsEof(stackCapturer.capture(null));
            }
            ioEvents.ensureOn();
        }
    }

    private @Nullable TrackedSocket adoptIfOpen(Socket tlsSocket, int number, int identity) {
        TrackedSocket adopted = registry.adoptIfFree(number, identity);
        return adopted == null || numbers.underlyingDescriptor(tlsSocket) != null
                ? adopted
                : registry.undoAdoption(adopted);
    }

    @Override
    public void closeRequested(FileDescriptor fd, boolean open) {
        if (CleanerThreads.isCurrent()) {
            return; // not a request of the program
        }
        int number = numbers.numberOf(fd);
        int identity = System.identityHashCode(fd);
        TrackedSocket socket = open ? registry.findOrAdopt(number, identity) : registry.find(number, identity);
        if (socket != null && socket.closing() == null) {
            closeRecorder.recordRequest(socket, open);
        }
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
        TrackedSocket socket = registry.removeClosed(numbers.numberOf(fd), System.identityHashCode(fd));
        if (socket != null) {
            closeRecorder.recordClose(socket);
        }
    }

    @Override
    public void closedByCleaner(int number) {
        TrackedSocket socket = registry.remove(number);
        if (socket != null) {
            closeRecorder.recordCleanerClose(socket);
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
        nativeSocketEvents.eofRead(number, socket);
    }

    @Override
    public void nativeClosed(int number) {
        nativeSocketEvents.closed(number);
    }

    private @Nullable TrackedSocket find(FileDescriptor fd) {
        return registry.find(numbers.numberOf(fd), System.identityHashCode(fd));
    }
}
