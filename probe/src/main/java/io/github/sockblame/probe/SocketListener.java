// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.probe;

import java.io.FileDescriptor;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketImpl;
import java.nio.channels.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Receives the events of every socket descriptor: the JDK gets it, reads EOF from it, or gives it back.
 *
 * <p>Methods run on the program's threads, often under locks of the JDK. They must not block, do I/O, take a lock, or
 * keep a reference to any argument: the JDK's own cleaners depend on the reachability of these objects.
 */
public interface SocketListener {

    /** Ignores every event. It is in use before the agent is ready and after the agent has stopped. */
    SocketListener NONE = new NoopSocketListener();

    /** The JDK opened a socket descriptor. */
    void opened(FileDescriptor fd);

    /**
     * A socket is about to connect. Called only while {@link SocketProbe#setConnectEventsEnabled} is on.
     *
     * @param remote null if it has no Internet address
     * @param port the remote port; 0 if it has none
     */
    void connecting(FileDescriptor fd, @Nullable InetAddress remote, int port);

    /**
     * A socket listens from now on.
     *
     * @param backlog the argument of the program; less than 1 means the JDK's default
     */
    void listening(FileDescriptor fd, int backlog);

    /** The JDK accepted a connection, and has both descriptors. */
    void accepted(FileDescriptor listener, FileDescriptor connection);

    /**
     * The JDK accepted a connection into this implementation of a {@link java.net.Socket}.
     *
     * @param listener null if the listener was closed during the accept, and so has no descriptor
     */
    void accepted(@Nullable FileDescriptor listener, SocketImpl connection);

    /**
     * A hook received a descriptor that the listener may have missed before. It is the second chance for a connection
     * whose accept began before the hooks were woven.
     */
    void descriptorSeen(FileDescriptor fd);

    /**
     * The JDK created a channel around a descriptor, which may have had an event before. The listener may keep at most
     * a weak reference to the channel.
     */
    void channelCreated(Object channel, FileDescriptor fd);

    /**
     * The JDK created an implementation of {@link java.net.Socket} around a descriptor that had an event before. The
     * listener may keep at most a weak reference to the implementation.
     */
    void socketImplCreated(SocketImpl implementation, FileDescriptor fd);

    /**
     * A thread of an asynchronous channel's group is about to do a read that the program requested earlier.
     *
     * @param channel the channel around the descriptor; it is already closed if a close ends the pending read
     * @param handler receives the result; null if a future does. No reference to it or to the channel may be kept
     */
    void asyncReadStarting(Channel channel, FileDescriptor fd, @Nullable Object handler);

    /**
     * The JDK failed to open or accept a socket, and the program gets this exception. No reference to it may be kept.
     */
    void openFailed(Throwable why);

    /** A read or write ended without EOF. Called only while {@link SocketProbe#setIoEventsEnabled} is on. */
    void ioCompleted(FileDescriptor fd);

    /** The program read EOF: {@code read} returns -1. */
    void eofRead(FileDescriptor fd);

    /** The program read the EOF of TLS: {@code read} returns -1, possibly before any FIN. */
    void tlsEofRead(Socket tlsSocket);

    /**
     * The program requests the close. The descriptor may stay open, for a blocked thread or for a selector's key.
     *
     * @param open whether the descriptor is certainly open now. If not, this may be a second close, and the number may
     *     belong to another file by now
     */
    void closeRequested(FileDescriptor fd, boolean open);

    /** The JDK is about to replace the socket behind the descriptor by its marker; the number stays taken. */
    void preClosing(FileDescriptor fd);

    /** The JDK is about to give the number back to the kernel. */
    void closed(FileDescriptor fd);

    /** The JDK is about to give back the number of a descriptor object that was collected without a close. */
    void closedByCleaner(int number);

    /**
     * Native code of a library opened a socket, or took one over. The event may be the first of the number, or a
     * repeated one.
     *
     * @param number its descriptor
     */
    void nativeOpened(int number);

    /**
     * Native code of a library made a socket listen.
     *
     * @param backlog the argument of {@code listen(2)}
     */
    void nativeListening(int number, int backlog);

    /** Native code of a library accepted a connection. */
    void nativeAccepted(int listener, int connection);

    /**
     * Native code of a library read EOF.
     *
     * @param socket whether the descriptor is certainly a socket; if not, it may be a pipe
     */
    void nativeEofRead(int number, boolean socket);

    /** Native code of a library is about to give the number back to the kernel. */
    void nativeClosed(int number);
}
