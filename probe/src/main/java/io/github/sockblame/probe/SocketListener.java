// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.probe;

import java.io.FileDescriptor;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketImpl;
import java.nio.channels.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Hears of every socket descriptor at the moment the JDK gets it, reads end-of-file from it, or gives it back.
 *
 * <p>Methods run on the program's threads, often under locks of the JDK. They must not block, do I/O, take a lock, or keep
 * a reference to any argument: the JDK's own cleaners hang on those objects.
 */
public interface SocketListener {

    /** Hears nothing: before the agent is ready, and after it stepped aside. */
    SocketListener NONE = new NoopSocketListener();

    /** A socket descriptor was made. */
    void opened(FileDescriptor fd);

    /**
     * A socket is about to be connected. Only heard while {@link SocketProbe#setConnectEventsEnabled} asks for it.
     *
     * @param remote null if it has no Internet address
     * @param port the remote port; 0 if it has none
     */
    void connecting(FileDescriptor fd, @Nullable InetAddress remote, int port);

    /**
     * A socket listens from now on.
     *
     * @param backlog as the program asked for it; less than 1 is the JDK's default
     */
    void listening(FileDescriptor fd, int backlog);

    /** A connection was accepted; both descriptors are known. */
    void accepted(FileDescriptor listener, FileDescriptor connection);

    /**
     * A connection was accepted into this implementation of a {@link java.net.Socket}.
     *
     * @param listener null if it was closed at that very moment, and has no descriptor any more
     */
    void accepted(@Nullable FileDescriptor listener, SocketImpl connection);

    /**
     * A descriptor passed by that may or may not have been heard of before: the second chance for what was accepted by a
     * call that began before the hooks were there.
     */
    void descriptorSeen(FileDescriptor fd);

    /**
     * A channel was made around a descriptor, which may have been heard of before. Of the channel no more than a weak reference may
     * be kept.
     */
    void channelCreated(Object channel, FileDescriptor fd);

    /**
     * An implementation of {@link java.net.Socket} was made around a descriptor, which was heard of before. Of the implementation no more
     * than a weak reference may be kept.
     */
    void socketImplCreated(SocketImpl implementation, FileDescriptor fd);

    /**
     * A thread of an asynchronous channel's group is about to read what the program asked for before.
     *
     * @param channel the channel around the descriptor: closed already if it is the close that ends the pending read
     * @param handler will be told what comes of it; null if that is a future. No reference to it or to the channel may be kept
     */
    void asyncReadStarting(Channel channel, FileDescriptor fd, @Nullable Object handler);

    /** A socket was not made or accepted, and the program is told so by this exception. No reference to it may be kept. */
    void openFailed(Throwable why);

    /** A read or a write ended that was not told of the end. Heard only while {@link SocketProbe#setIoEventsEnabled} asks for it. */
    void ioCompleted(FileDescriptor fd);

    /** The program was told that the peer closed: {@code read} returns -1. */
    void eofRead(FileDescriptor fd);

    /** The program was told that the peer closed its side of TLS: {@code read} returns -1, though no FIN need have come. */
    void tlsEofRead(Socket tlsSocket);

    /**
     * The program asks for the close. The descriptor may stay open: for a blocked thread, or for a selector's key.
     *
     * @param open whether it is sure to be open now; else the close may be a second one, and the number somebody else's by now
     */
    void closeRequested(FileDescriptor fd, boolean open);

    /** The JDK is about to replace the socket behind the descriptor by its marker; the number stays taken. */
    void preClosing(FileDescriptor fd);

    /** The JDK is about to give the number back to the kernel. */
    void closed(FileDescriptor fd);

    /** The JDK is about to give back the number of a descriptor object that was collected without having been closed. */
    void closedByCleaner(int number);

    /**
     * Native code of a library made a socket, or took one over: heard of for the first time, or once more.
     *
     * @param number its descriptor
     */
    void nativeOpened(int number);

    /**
     * Native code of a library made a socket listen.
     *
     * @param backlog as the kernel was asked for it
     */
    void nativeListening(int number, int backlog);

    /** Native code of a library accepted a connection. */
    void nativeAccepted(int listener, int connection);

    /**
     * Native code of a library was told that the peer closed.
     *
     * @param socket whether the descriptor is sure to be a socket's; else it may be a pipe's
     */
    void nativeEofRead(int number, boolean socket);

    /** Native code of a library is about to give the number back to the kernel. */
    void nativeClosed(int number);
}
