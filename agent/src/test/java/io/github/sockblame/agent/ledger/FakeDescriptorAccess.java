// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.io.FileDescriptor;
import java.net.Socket;
import java.net.SocketImpl;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Descriptors with the numbers that a test gives them; keeps none of them alive. */
public final class FakeDescriptorAccess implements DescriptorAccess {

    private final Map<FileDescriptor, Integer> numbers = Collections.synchronizedMap(new WeakHashMap<>());
    private final Map<SocketImpl, FileDescriptor> descriptors = Collections.synchronizedMap(new WeakHashMap<>());
    private final Set<Socket> closedByPeer = Collections.newSetFromMap(new WeakHashMap<>());
    private final Map<Socket, FileDescriptor> below = Collections.synchronizedMap(new WeakHashMap<>());

    private final AtomicInteger reads = new AtomicInteger();

    /** How many numbers were read. */
    int reads() {
        return reads.get();
    }

    /** A fresh descriptor object with this number. */
    public FileDescriptor descriptor(int number) {
        FileDescriptor fd = new FileDescriptor();
        numbers.put(fd, number);
        return fd;
    }

    /** A fresh socket implementation with this descriptor. */
    public SocketImpl socket(@Nullable FileDescriptor fd) {
        SocketImpl impl = new StubSocketImpl();
        if (fd != null) {
            descriptors.put(impl, fd);
        }
        return impl;
    }

    @Override
    public int numberOf(FileDescriptor fd) {
        reads.incrementAndGet();
        return numbers.getOrDefault(fd, -1);
    }

    @Override
    public @Nullable FileDescriptor descriptorOf(SocketImpl impl) {
        return descriptors.get(impl);
    }

    /** A socket that lies above this descriptor, and whose peer has closed. */
    Socket above(FileDescriptor fd) {
        Socket socket = openAbove(fd);
        closedByPeer.add(socket);
        return socket;
    }

    /** A socket whose peer has closed, and which has no descriptor any more. */
    Socket aboveNothing() {
        Socket socket = new Socket();
        closedByPeer.add(socket);
        return socket;
    }

    /** A socket that lies above this descriptor. */
    Socket openAbove(FileDescriptor fd) {
        Socket socket = new Socket();
        below.put(socket, fd);
        return socket;
    }

    /** The close of what lies below this socket has begun. */
    void close(Socket socket) {
        below.remove(socket);
    }

    @Override
    public boolean isClosedByPeer(Socket tlsSocket) {
        return closedByPeer.contains(tlsSocket);
    }

    @Override
    public @Nullable FileDescriptor underlyingDescriptor(Socket socket) {
        return below.get(socket);
    }
}
