// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.probe;

import java.io.FileDescriptor;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketImpl;
import java.nio.channels.Channel;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The entry points that woven code of the JDK and of libraries calls. The boot loader must load this class, and no
 * other loader may: classes of {@code java.base} can link to nothing else.
 *
 * <p>No error of the agent leaves these methods. The probe counts each error here, and the JDK method continues as if
 * it had not been woven. One error belongs to the program and passes: the one that stops a thread
 * (docs/decisions/0012).
 */
public final class SocketProbe {

    /**
     * Events that were dropped because woven code could not call any method of this class, for example at the end of a
     * stack. Woven code counts them itself, because it can call nothing there. Two events at the same moment may count
     * as one.
     */
    public static volatile int droppedEvents;

    private static final int EOF = -1;
    private static final String UNHEARD = "a hook could not call the agent, as at the end of a stack";
    private static final String NO_MESSAGE = "an error without a message, for example because memory ran out";

    /** What {@code Thread.stop} (JDK 17 to 19) or a debugger throws into a thread; null in a JDK that no longer has it. */
    private static final @Nullable Class<?> THREAD_DEATH = stop();

    private static final AtomicLong ERRORS = new AtomicLong();
    private static volatile @Nullable String lastError;
    private static volatile SocketListener listener = SocketListener.NONE;

    /** Whether the listener receives each read and write, and not only EOF. */
    private static volatile boolean ioEventsEnabled;

    /** Whether the listener receives the remote address of each connect. */
    private static volatile boolean connectEventsEnabled;

    private SocketProbe() {}

    /** Sets the receiver of all events from now on; {@link SocketListener#NONE} for no receiver. */
    public static void setListener(SocketListener newListener) {
        listener = newListener;
    }

    /**
     * Sets whether the listener receives each read and write from now on. Each read and write then costs one check of
     * this flag.
     */
    public static void setIoEventsEnabled(boolean heeds) {
        ioEventsEnabled = heeds;
    }

    /** Whether the listener receives each read and write. */
    public static boolean ioEventsEnabled() {
        return ioEventsEnabled;
    }

    /**
     * Sets whether the listener receives the remote address of each connect from now on. Each connect then costs one
     * check of this flag.
     */
    public static void setConnectEventsEnabled(boolean heeds) {
        connectEventsEnabled = heeds;
    }

    /** Whether the listener receives the remote address of each connect. */
    public static boolean connectEventsEnabled() {
        return connectEventsEnabled;
    }

    /**
     * A socket is about to connect to this address; null if it has no Internet address, such as the name of a
     * Unix-domain socket.
     */
    public static void connecting(FileDescriptor fd, @Nullable InetAddress remote, int port) {
        if (connectEventsEnabled) {
            notifyConnecting(fd, remote, port);
        }
    }

    private static void notifyConnecting(FileDescriptor fd, @Nullable InetAddress remote, int port) {
        try {
            listener.connecting(fd, remote, port);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /** A call that opens a descriptor has ended, with a descriptor or with an exception. */
    public static void opened(@Nullable FileDescriptor fd, @Nullable Throwable thrown) {
        if (thrown != null) {
            openFailed(thrown);
            return;
        }
        if (fd == null) {
            return;
        }
        try {
            listener.opened(fd);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    // a method of its own, because it is rare
    private static void openFailed(Throwable thrown) {
        try {
            listener.openFailed(thrown);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /** A socket listens from now on; {@code backlog} is the argument of the program. */
    public static void listening(FileDescriptor fd, int backlog) {
        try {
            listener.listening(fd, backlog);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /**
     * A call of accept has ended with {@code result}, or with an exception. There is a connection if {@code result} is
     * greater than 0.
     */
    public static void accepted(
            int result, FileDescriptor listening, FileDescriptor connection, @Nullable Throwable thrown) {
        if (thrown != null) {
            openFailed(thrown);
            return;
        }
        if (result <= 0) {
            return;
        }
        try {
            listener.accepted(listening, connection);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /**
     * A call of accept into an implementation of {@link java.net.Socket} has ended, with a connection or with an
     * exception.
     */
    public static void accepted(@Nullable FileDescriptor listening, SocketImpl connection, @Nullable Throwable thrown) {
        if (thrown != null) {
            openFailed(thrown);
            return;
        }
        try {
            listener.accepted(listening, connection);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /** A hook received a descriptor that may have had an event before. */
    public static void descriptorSeen(@Nullable FileDescriptor fd) {
        if (fd == null) {
            return; // see channelCreated
        }
        try {
            listener.descriptorSeen(fd);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /**
     * The JDK created a channel around a descriptor. The descriptor is null for Mockito's inline mocks of the JDK's
     * channels, which run the constructor without its body.
     */
    public static void channelCreated(Object channel, @Nullable FileDescriptor fd) {
        if (fd == null) {
            return;
        }
        try {
            listener.channelCreated(channel, fd);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /** The JDK created an implementation of {@link java.net.Socket} around a descriptor. */
    public static void socketImplCreated(SocketImpl implementation, @Nullable FileDescriptor fd) {
        if (fd == null) {
            return; // see channelCreated
        }
        try {
            listener.socketImplCreated(implementation, fd);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /**
     * A thread of an asynchronous channel's group is about to read for this handler, or for a future; or the close ends
     * such a read.
     */
    public static void asyncReadStarting(Channel channel, FileDescriptor fd, @Nullable Object handler) {
        try {
            listener.asyncReadStarting(channel, fd, handler);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /** A read returned {@code result}, the number of bytes or a negative status of the JDK. */
    public static void read(FileDescriptor fd, long result) {
        if (result == EOF) {
            eofRead(fd);
        } else if (ioEventsEnabled) {
            ioCompleted(fd);
        }
    }

    /** A write ended. */
    public static void written(FileDescriptor fd) {
        if (ioEventsEnabled) {
            ioCompleted(fd);
        }
    }

    private static void ioCompleted(FileDescriptor fd) {
        try {
            listener.ioCompleted(fd);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /** A read of the classic implementation of sockets returned {@code result}, where 0 is EOF. */
    public static void legacyRead(FileDescriptor fd, int result) {
        if (result == 0) {
            eofRead(fd);
        } else if (ioEventsEnabled) {
            ioCompleted(fd);
        }
    }

    /** A read of TLS application data returned {@code result}. */
    public static void tlsRead(Socket tlsSocket, int result) {
        if (result == EOF) {
            tlsEofRead(tlsSocket);
        }
    }

    private static void tlsEofRead(Socket tlsSocket) {
        try {
            listener.tlsEofRead(tlsSocket);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    // a method of its own, so that read() without EOF is small enough to be inlined everywhere
    private static void eofRead(FileDescriptor fd) {
        try {
            listener.eofRead(fd);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /** The program requests the close; {@code open} is true if the descriptor is certainly open now. */
    public static void closeRequested(@Nullable FileDescriptor fd, boolean open) {
        if (fd == null) {
            return; // a java.net.Socket that never had a descriptor
        }
        try {
            listener.closeRequested(fd, open);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /** The JDK is about to replace the socket behind the descriptor by its marker. */
    public static void preClosing(FileDescriptor fd) {
        try {
            listener.preClosing(fd);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /** The JDK is about to give the number back to the kernel. */
    public static void closed(@Nullable FileDescriptor fd) {
        if (fd == null) {
            return; // a classic socket that is closed a second time
        }
        try {
            listener.closed(fd);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /** The JDK is about to give the number of a collected descriptor back to the kernel. */
    public static void closedByCleaner(int number) {
        try {
            listener.closedByCleaner(number);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /** A library's native code opened a socket with this number, or took it over. */
    public static void nativeOpened(int number) {
        try {
            listener.nativeOpened(number);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /** A library's native code made a socket listen. */
    public static void nativeListening(int number, int backlog) {
        try {
            listener.nativeListening(number, backlog);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /** A library's native accept returned {@code connection}, which is negative if there was nothing to accept. */
    public static void nativeAccepted(int listening, int connection) {
        if (connection < 0) {
            return;
        }
        try {
            listener.nativeAccepted(listening, connection);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /** A library's native read returned {@code result}; the number may be a socket, a pipe or another file. */
    public static void nativeRead(int number, int result) {
        if (result == EOF) {
            nativeEofRead(number, false);
        }
    }

    /** A library's native read of a socket returned {@code result}. */
    public static void nativeRecv(int number, int result) {
        if (result == EOF) {
            nativeEofRead(number, true);
        }
    }

    /** The kernel completed a read of a socket for a library; {@code result} is the kernel's, and 0 is EOF. */
    public static void nativeRingRead(int number, int result) {
        if (result == 0) {
            nativeEofRead(number, true);
        }
    }

    private static void nativeEofRead(int number, boolean socket) {
        try {
            listener.nativeEofRead(number, socket);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /**
     * A library closes the number. If it is not the {@code first} close, the number may belong to another file by now.
     */
    public static void nativeClosed(int number, boolean first) {
        if (!first) {
            return;
        }
        try {
            listener.nativeClosed(number);
        } catch (Throwable t) {
            recordError(t);
        }
    }

    /**
     * Counts an error of the agent, which is published and never thrown. Rethrows the error that stops a thread,
     * because it belongs to the program.
     */
    static void recordError(Throwable error) {
        if (THREAD_DEATH != null && THREAD_DEATH.isInstance(error)) {
            throw (Error) error;
        }
        ERRORS.incrementAndGet();
        try {
            lastError = error.toString();
        } catch (Throwable again) {
            lastError = NO_MESSAGE; // the count stands
        }
    }

    private static @Nullable Class<?> stop() {
        try {
            return Class.forName("java.lang.ThreadDeath", false, null);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** Errors inside the agent since its start, with the dropped events. */
    public static long errorCount() {
        return ERRORS.get() + droppedEvents;
    }

    /** The latest error in one line; null if there was none. */
    public static @Nullable String lastError() {
        String last = lastError;
        return last == null && droppedEvents > 0 ? UNHEARD : last;
    }
}
