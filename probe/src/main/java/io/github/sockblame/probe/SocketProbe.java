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
 * The entry points that woven code calls, that of the JDK and that of libraries. Must be loaded by the boot loader and by no other: classes of
 * {@code java.base} can link to nothing else.
 *
 * <p>Nothing of ours leaves these methods: whatever goes wrong behind them is counted here, and the JDK method goes on as if it had
 * never been woven. One thing is not ours and passes: the error by which somebody stops the thread
 * (docs/decisions/0012).
 */
public final class SocketProbe {

    /**
     * Events that were not heard because not even a method of this class could be called, as at the end of a stack. Woven code counts
     * them by itself, for there it can call nothing, and so two at the same moment may count as one.
     */
    public static volatile int unheard;

    private static final int EOF = -1;
    private static final String UNHEARD = "a hook could not call the agent, as at the end of a stack";
    private static final String UNSPEAKABLE = "an error that could not be put into words, as when there is no memory";

    /** What {@code Thread.stop} (JDK 17 to 19) or a debugger throws into a thread; null in a JDK that no longer has it. */
    private static final @Nullable Class<?> STOP = stop();

    private static final AtomicLong ERRORS = new AtomicLong();
    private static volatile @Nullable String lastError;
    private static volatile SocketListener listener = SocketListener.NONE;

    /** Whether anybody wants to hear of reads and writes that are neither the first nor the last. */
    private static volatile boolean heedsUse;

    /** Whether anybody wants to hear to whom a socket is connected. */
    private static volatile boolean heedsConnect;

    private SocketProbe() {}

    /** Sets who hears from now on; {@link SocketListener#NONE} for nobody. */
    public static void setListener(SocketListener newListener) {
        listener = newListener;
    }

    /** Whether the listener wants to hear of each read and write from now on; it costs them one look at this. */
    public static void heedUse(boolean heeds) {
        heedsUse = heeds;
    }

    /** Whether the listener hears of each read and write. */
    public static boolean heedsUse() {
        return heedsUse;
    }

    /** Whether the listener wants to hear to whom sockets are connected from now on; it costs each connect one look at this. */
    public static void heedConnect(boolean heeds) {
        heedsConnect = heeds;
    }

    /** Whether the listener hears to whom sockets are connected. */
    public static boolean heedsConnect() {
        return heedsConnect;
    }

    /** A socket is about to be connected to this address; null if that has no Internet address, as the name of a Unix-domain socket. */
    public static void connecting(FileDescriptor fd, @Nullable InetAddress remote, int port) {
        if (heedsConnect) {
            connectingHeeded(fd, remote, port);
        }
    }

    private static void connectingHeeded(FileDescriptor fd, @Nullable InetAddress remote, int port) {
        try {
            listener.connecting(fd, remote, port);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** A call that makes a descriptor has ended: with one, or with an exception. */
    public static void opened(@Nullable FileDescriptor fd, @Nullable Throwable thrown) {
        if (thrown != null) {
            refused(thrown);
            return;
        }
        if (fd == null) {
            return;
        }
        try {
            listener.opened(fd);
        } catch (Throwable t) {
            failed(t);
        }
    }

    // apart, for it is seldom
    private static void refused(Throwable thrown) {
        try {
            listener.refused(thrown);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** A socket listens from now on; {@code backlog} is what the program asked for. */
    public static void listening(FileDescriptor fd, int backlog) {
        try {
            listener.listening(fd, backlog);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /**
     * A call of accept has ended: with {@code result}, and a connection if that is greater than 0, or with an exception.
     */
    public static void accepted(
            int result, FileDescriptor listening, FileDescriptor connection, @Nullable Throwable thrown) {
        if (thrown != null) {
            refused(thrown);
            return;
        }
        if (result <= 0) {
            return;
        }
        try {
            listener.accepted(listening, connection);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** A call of accept into an implementation of {@link java.net.Socket} has ended: with a connection, or with an exception. */
    public static void accepted(@Nullable FileDescriptor listening, SocketImpl connection, @Nullable Throwable thrown) {
        if (thrown != null) {
            refused(thrown);
            return;
        }
        try {
            listener.accepted(listening, connection);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** A descriptor passed by that may have been heard of before. */
    public static void passed(@Nullable FileDescriptor fd) {
        if (fd == null) {
            return; // as of owned
        }
        try {
            listener.passed(fd);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /**
     * A channel was made around a descriptor, or around none: Mockito's inline mocks of the JDK's channels run the constructor without its
     * body.
     */
    public static void owned(Object channel, @Nullable FileDescriptor fd) {
        if (fd == null) {
            return;
        }
        try {
            listener.owned(channel, fd);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** An implementation of {@link java.net.Socket} was made around a descriptor. */
    public static void implemented(SocketImpl implementation, @Nullable FileDescriptor fd) {
        if (fd == null) {
            return; // as of owned
        }
        try {
            listener.implemented(implementation, fd);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** A thread of an asynchronous channel's group is about to read for this handler, or for a future; or the close ends such a read. */
    public static void readingFor(Channel channel, FileDescriptor fd, @Nullable Object handler) {
        try {
            listener.readingFor(channel, fd, handler);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** A read returned {@code result}, the number of bytes or a negative status of the JDK. */
    public static void read(FileDescriptor fd, long result) {
        if (result == EOF) {
            endOfFile(fd);
        } else if (heedsUse) {
            used(fd);
        }
    }

    /** A write ended. */
    public static void written(FileDescriptor fd) {
        if (heedsUse) {
            used(fd);
        }
    }

    private static void used(FileDescriptor fd) {
        try {
            listener.used(fd);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** A read of the classic implementation of sockets returned {@code result}, where 0 is end-of-file. */
    public static void readClassic(FileDescriptor fd, int result) {
        if (result == 0) {
            endOfFile(fd);
        } else if (heedsUse) {
            used(fd);
        }
    }

    /** A read of TLS application data returned {@code result}. */
    public static void readTls(Socket tlsSocket, int result) {
        if (result == EOF) {
            endOfTls(tlsSocket);
        }
    }

    private static void endOfTls(Socket tlsSocket) {
        try {
            listener.endOfTls(tlsSocket);
        } catch (Throwable t) {
            failed(t);
        }
    }

    // apart from read(), so that the path without end-of-file is small enough to be inlined everywhere
    private static void endOfFile(FileDescriptor fd) {
        try {
            listener.endOfFile(fd);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** The program asks for the close; {@code open} says whether the descriptor is sure to be open now. */
    public static void closing(@Nullable FileDescriptor fd, boolean open) {
        if (fd == null) {
            return; // a java.net.Socket that never had a descriptor
        }
        try {
            listener.closing(fd, open);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** The socket behind the descriptor is about to be replaced by the JDK's marker. */
    public static void preClosed(FileDescriptor fd) {
        try {
            listener.preClosed(fd);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** The number is about to be given back to the kernel. */
    public static void closed(@Nullable FileDescriptor fd) {
        if (fd == null) {
            return; // a classic socket that is closed a second time
        }
        try {
            listener.closed(fd);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** The number of a collected descriptor is about to be given back to the kernel. */
    public static void collected(int number) {
        try {
            listener.collected(number);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** A library's native code made a socket of this number, or took it over. */
    public static void nativeOpened(int number) {
        try {
            listener.nativeOpened(number);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** A library's native code made a socket listen. */
    public static void nativeListening(int number, int backlog) {
        try {
            listener.nativeListening(number, backlog);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** A library's native accept gave {@code connection}, which is negative if there was nothing to accept. */
    public static void nativeAccepted(int listening, int connection) {
        if (connection < 0) {
            return;
        }
        try {
            listener.nativeAccepted(listening, connection);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** A library's native read of a socket, a pipe or whatever the number is gave {@code result}. */
    public static void nativeRead(int number, int result) {
        if (result == EOF) {
            nativeEndOfFile(number, false);
        }
    }

    /** A library's native read of a socket gave {@code result}. */
    public static void nativeReceived(int number, int result) {
        if (result == EOF) {
            nativeEndOfFile(number, true);
        }
    }

    /** The kernel completed a read of a socket for a library; {@code result} is the kernel's, and 0 is end-of-file. */
    public static void nativeCompleted(int number, int result) {
        if (result == 0) {
            nativeEndOfFile(number, true);
        }
    }

    private static void nativeEndOfFile(int number, boolean socket) {
        try {
            listener.nativeEndOfFile(number, socket);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** A library closes the number if {@code first}; else it was closed before, and may be somebody else's by now. */
    public static void nativeClosed(int number, boolean first) {
        if (!first) {
            return;
        }
        try {
            listener.nativeClosed(number);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** Counts an error of the agent's own, which is published and never thrown; an error that is not its own goes on. */
    static void failed(Throwable error) {
        if (STOP != null && STOP.isInstance(error)) {
            throw (Error) error;
        }
        ERRORS.incrementAndGet();
        try {
            lastError = error.toString();
        } catch (Throwable again) {
            lastError = UNSPEAKABLE; // the count stands
        }
    }

    private static @Nullable Class<?> stop() {
        try {
            return Class.forName("java.lang.ThreadDeath", false, null);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** Errors inside the agent since its start. */
    public static long errors() {
        return ERRORS.get() + unheard;
    }

    /** The latest error in one line; null if there was none. */
    public static @Nullable String lastError() {
        String last = lastError;
        return last == null && unheard > 0 ? UNHEARD : last;
    }
}
