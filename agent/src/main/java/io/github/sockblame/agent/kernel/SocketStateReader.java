// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import io.github.sockblame.agent.kernel.proc.SourceStatus;
import io.github.sockblame.report.Protocol;
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

    private static final String NAME = "getsockopt(TCP_INFO)";

    /* asm-generic/socket.h, the same on every architecture that HotSpot runs on under Linux. */
    private static final int SOL_SOCKET = 1;
    private static final int SO_PROTOCOL = 38;
    private static final int SO_DOMAIN = 39;

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
    private static final int POLLRDHUP = 0x2000;

    /* linux/tcp.h */
    private static final int TCP_INFO = 11;

    private static final long UNKNOWN = -1;

    private final @Nullable SocketSyscalls calls;
    private final ByteOrder order;
    private volatile @Nullable String reason;

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
        // struct tcp_info begins with the state, one byte.
        return value == UNKNOWN
                ? null
                : TcpState.ofNumber((int) (order == ByteOrder.LITTLE_ENDIAN ? value & 0xff : value >>> 24));
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
     * The kernel's answer as an unsigned number; {@link #UNKNOWN} if there is none. A call needs no object, because
     * each socket is read in each round.
     */
    private long ask(int fd, int level, int name) {
        SocketSyscalls asked = calls;
        if (asked == null || reason != null) {
            return UNKNOWN;
        }
        try {
            return Integer.toUnsignedLong(asked.read(fd, level, name));
        } catch (Throwable e) {
            noteFailure(e);
            return UNKNOWN;
        }
    }

    private void noteFailure(Throwable refusal) {
        boolean kernelsNo = refusal instanceof IOException;
        boolean ofTheMoment = refusal instanceof VirtualMachineError; // the next call may succeed
        if (!kernelsNo && !ofTheMoment) {
            reason = refusal.toString(); // this way does not work in this JVM, and will not the next time
        }
    }

    /** Returns whether the calls work at all. */
    public boolean isAvailable() {
        return reason == null;
    }

    /** The state of this source, and the reason if it does not work. */
    public SourceStatus answer() {
        String why = reason;
        return new SourceStatus(NAME, why == null, why);
    }
}
