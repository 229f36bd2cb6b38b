// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import io.github.sockblame.agent.kernel.proc.SourceStatus;
import io.github.sockblame.agent.log.ErrorText;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Source;
import io.github.sockblame.report.TcpState;
import java.io.IOException;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The TCP state and the protocol of an own descriptor, by a system call of about a microsecond. It needs no file and no
 * descriptor.
 *
 * <p>Safe for use by several threads.
 */
public final class SocketStateReader {

    /* asm-generic/socket.h, the same on every architecture that HotSpot runs on under Linux. */
    private static final int SOL_SOCKET = 1;
    private static final int SO_PROTOCOL = 38;
    private static final int SO_DOMAIN = 39;
    private static final int SO_MEMINFO = 55; // since Linux 4.12

    /* linux/socket.h */
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    /* linux/in.h */
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_UDP = 17;

    /*
     * asm-generic/poll.h; the same on each architecture of HotSpot under Linux but SPARC, where no connection counts as
     * over
     */
    private static final int POLLHUP = 0x10;
    private static final int POLLNVAL = 0x20;
    private static final int POLLRDHUP = 0x2000;

    /* linux/tcp.h */
    private static final int TCP_MAXSEG = 2;
    private static final int TCP_INFO = 11;

    private static final long UNKNOWN = -1;

    private final @Nullable SocketSyscalls calls;
    private final ByteOrder order;
    private volatile @Nullable String reason;
    private volatile boolean answered;
    private volatile boolean stateRead;
    private volatile @Nullable String refusal; // of every call
    private volatile @Nullable String stateRefusal; // of TCP_INFO alone

    SocketStateReader(@Nullable SocketSyscalls calls, ByteOrder order, @Nullable String reason) {
        this.calls = calls;
        this.order = order;
        this.reason = reason;
    }

    /** Reads states by these calls. */
    public static SocketStateReader using(SocketSyscalls calls) {
        return new SocketStateReader(calls, ByteOrder.nativeOrder(), null);
    }

    /** The state of the TCP socket behind this descriptor; null if there is none, or if it cannot be read. */
    public @Nullable TcpState stateOf(int fd) {
        long value = ask(fd, IPPROTO_TCP, TCP_INFO);
        if (value == UNKNOWN && !stateRead && stateRefusal == null && reason == null) {
            checkRefusal(fd);
        }
        if (value != UNKNOWN && !stateRead) {
            stateRead = true;
        }
        // struct tcp_info begins with the state, one byte.
        return value == UNKNOWN
                ? null
                : TcpState.ofNumber((int) (order == ByteOrder.LITTLE_ENDIAN ? value & 0xff : value >>> 24));
    }

    /** A filter may refuse this call alone: a TCP socket that is open has a state. */
    private void checkRefusal(int fd) {
        SocketSyscalls asked = calls;
        if (asked != null && isTcp(asked, fd)) {
            try {
                int unused = asked.read(fd, IPPROTO_TCP, TCP_INFO);
            } catch (Throwable e) {
                stateRefusal = isOpen(asked, fd) ? ErrorText.of(e) : null;
            }
        }
    }

    private static boolean isTcp(SocketSyscalls asked, int fd) {
        try {
            int domain = asked.read(fd, SOL_SOCKET, SO_DOMAIN);
            return (domain == AF_INET || domain == AF_INET6) && asked.read(fd, SOL_SOCKET, SO_PROTOCOL) == IPPROTO_TCP;
        } catch (Throwable e) {
            return false;
        }
    }

    /** The protocol of the socket behind this descriptor; null if there is no socket, or if it cannot be read. */
    public @Nullable Protocol protocolOf(int fd) {
        long domain = ask(fd, SOL_SOCKET, SO_DOMAIN);
        if (domain == UNKNOWN || domain == AF_UNIX) {
            return domain == UNKNOWN ? null : Protocol.UNIX;
        }
        if (domain != AF_INET && domain != AF_INET6) {
            return Protocol.OTHER; // their protocols have numbers of their own: 6 has another meaning in netlink
        }
        long protocol = ask(fd, SOL_SOCKET, SO_PROTOCOL);
        if (protocol == UNKNOWN) {
            return null;
        }
        return protocol == IPPROTO_TCP ? Protocol.TCP : protocol == IPPROTO_UDP ? Protocol.UDP : Protocol.OTHER;
    }

    /**
     * Returns whether both directions of the socket behind this descriptor are over. For a TCP socket in state CLOSE
     * this means that there was a connection or a failed connect. False if it cannot be read.
     */
    public boolean isShutDown(int fd) {
        SocketSyscalls asked = calls;
        if (asked == null || reason != null) {
            return false;
        }
        try {
            int events = asked.poll(fd, POLLRDHUP);
            return (events & POLLRDHUP) != 0 && (events & POLLHUP) != 0;
        } catch (Throwable e) {
            noteFailure(e);
            return false;
        }
    }

    /**
     * The segment size of the TCP socket behind this descriptor, in bytes; -1 if it cannot be read. The kernel keeps it
     * after the end of a connection.
     */
    public long segmentSizeOf(int fd) {
        return ask(fd, IPPROTO_TCP, TCP_MAXSEG);
    }

    /**
     * How often the TCP socket behind this descriptor has sent the same segment again without an answer; -1 if it cannot
     * be read. The kernel keeps it after a connect that timed out.
     */
    public int retransmitsOf(int fd) {
        long value = ask(fd, IPPROTO_TCP, TCP_INFO);
        // the third byte of struct tcp_info
        return value == UNKNOWN ? -1 : (int) (order == ByteOrder.LITTLE_ENDIAN ? value >>> 16 : value >>> 8) & 0xff;
    }

    /**
     * Recv-Q of a connection as {@code /proc/net/tcp} has it, without that table: unread bytes, and one more while the
     * FIN is unread; null if it cannot be read. {@code FIONREAD} leaves the FIN out (tcp_inq), but the FIN's segment takes
     * memory of the receive queue until it is read ({@code SK_MEMINFO_RMEM_ALLOC}, the first number of
     * {@code SO_MEMINFO}).
     *
     * @param finReceived whether the connection is in a state after the peer's FIN
     */
    public @Nullable Long recvQOf(int fd, boolean finReceived) {
        SocketSyscalls asked = calls;
        if (asked == null || reason != null) {
            return null;
        }
        try {
            long unread = asked.available(fd);
            if (!finReceived) {
                return unread;
            }
            long queued = ask(fd, SOL_SOCKET, SO_MEMINFO);
            if (queued == UNKNOWN) {
                return unread == 0 ? null : (Long) (unread + 1); // the FIN is behind them
            }
            return queued == 0 ? 0 : unread + 1;
        } catch (Throwable e) {
            noteFailure(e);
            return null;
        }
    }

    /**
     * The kernel's answer as an unsigned number; {@link #UNKNOWN} if there is none. A call needs no object, because
     * each socket is read in each round.
     */
    private long ask(int fd, int level, int name) {
        SocketSyscalls asked = calls;
        if (asked == null || reason != null) {
            return UNKNOWN;
        }
        try {
            long value = Integer.toUnsignedLong(asked.read(fd, level, name));
            if (!answered) {
                answered = true;
            }
            return value;
        } catch (Throwable e) {
            noteFailure(e);
            if (level == SOL_SOCKET && name == SO_DOMAIN && !answered && refusal == null && isOpen(asked, fd)) {
                refusal = ErrorText.of(e); // each socket has a domain
            }
            return UNKNOWN;
        }
    }

    /** Returns whether the descriptor is certainly open: it may have been closed since the list of descriptors was read. */
    private static boolean isOpen(SocketSyscalls asked, int fd) {
        try {
            return (asked.poll(fd, 0) & POLLNVAL) == 0;
        } catch (Throwable e) {
            return false;
        }
    }

    private void noteFailure(Throwable refusal) {
        boolean kernelsNo = refusal instanceof IOException;
        boolean ofTheMoment = refusal instanceof VirtualMachineError; // the next call may succeed
        if (!kernelsNo && !ofTheMoment) {
            reason = ErrorText.of(refusal); // this way does not work in this JVM, and will not the next time
        }
    }

    /** Returns whether the calls work at all. */
    public boolean isAvailable() {
        return reason == null;
    }

    /**
     * The state of this source, and the reason if it does not work: in this JVM, or because the kernel has refused every
     * call so far, as a filter of system calls does.
     */
    public SourceStatus answer() {
        String why = reason != null || answered ? reason : refusal;
        if (why == null && !stateRead) {
            why = stateRefusal;
        }
        return new SourceStatus(Source.STATES, why == null, why);
    }
}
