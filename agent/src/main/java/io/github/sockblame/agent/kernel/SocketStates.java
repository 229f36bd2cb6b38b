// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import java.io.IOException;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The TCP state and the protocol of an own descriptor, asked of the kernel directly: about a microsecond a question, no file,
 * no descriptor.
 *
 * <p>Safe for use by several threads.
 */
public final class SocketStates {

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

    /* asm-generic/poll.h, and alike where HotSpot runs under Linux but on SPARC, where nothing is over */
    private static final int POLLHUP = 0x10;
    private static final int POLLRDHUP = 0x2000;

    /* linux/tcp.h */
    private static final int TCP_INFO = 11;

    private final @Nullable SocketCalls calls;
    private final ByteOrder order;
    private volatile @Nullable String reason;

    SocketStates(@Nullable SocketCalls calls, ByteOrder order, @Nullable String reason) {
        this.calls = calls;
        this.order = order;
        this.reason = reason;
    }

    /** States read through this option. */
    public static SocketStates through(SocketCalls calls) {
        return new SocketStates(calls, ByteOrder.nativeOrder(), null);
    }

    /** No states: every answer is null. */
    public static SocketStates unavailable(String reason) {
        return new SocketStates(null, ByteOrder.nativeOrder(), reason);
    }

    /** The state of the TCP socket behind this descriptor; null if there is none, or if it cannot be known. */
    public @Nullable TcpState stateOf(int fd) {
        Integer value = ask(fd, IPPROTO_TCP, TCP_INFO);
        // struct tcp_info begins with the state, one byte.
        return value == null ? null : TcpState.ofNumber(order == ByteOrder.LITTLE_ENDIAN ? value & 0xff : value >>> 24);
    }

    /** The protocol of the socket behind this descriptor; null if there is no socket, or if it cannot be known. */
    public @Nullable Protocol protocolOf(int fd) {
        Integer domain = ask(fd, SOL_SOCKET, SO_DOMAIN);
        if (domain == null || domain == AF_UNIX) {
            return domain == null ? null : Protocol.UNIX;
        }
        if (domain != AF_INET && domain != AF_INET6) {
            return Protocol.OTHER; // whose protocols have numbers of their own: 6 is another thing in netlink
        }
        Integer protocol = ask(fd, SOL_SOCKET, SO_PROTOCOL);
        if (protocol == null) {
            return null;
        }
        return protocol == IPPROTO_TCP ? Protocol.TCP : protocol == IPPROTO_UDP ? Protocol.UDP : Protocol.OTHER;
    }

    /**
     * Whether both directions of the socket behind this descriptor are over: of a TCP socket in state CLOSE, whether there was a connection
     * or the try to make one. False if it cannot be known.
     */
    public boolean isOver(int fd) {
        Integer events = call(calls -> calls.poll(fd, POLLRDHUP));
        return events != null && (events & POLLRDHUP) != 0 && (events & POLLHUP) != 0;
    }

    private @Nullable Integer ask(int fd, int level, int name) {
        return call(calls -> calls.read(fd, level, name));
    }

    /** A system call. */
    private interface Call {
        int on(SocketCalls calls) throws Throwable;
    }

    private @Nullable Integer call(Call call) {
        if (calls == null || reason != null) {
            return null;
        }
        try {
            return call.on(calls);
        } catch (IOException e) {
            return null;
        } catch (VirtualMachineError e) {
            return null; // Of the moment, and not the option's fault: the next question may be answered.
        } catch (Throwable e) {
            // Not the kernel's no but a way that does not work in this JVM. It will not the next time either.
            reason = e.toString();
            return null;
        }
    }

    /** Whether questions are answered at all. */
    public boolean isAvailable() {
        return reason == null;
    }

    /** How this source answers, and if it does not, why. */
    public SourceAnswer answer() {
        String why = reason;
        return new SourceAnswer(NAME, why == null, why);
    }
}
