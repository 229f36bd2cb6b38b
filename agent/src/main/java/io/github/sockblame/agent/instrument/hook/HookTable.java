// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.hook;

import java.util.ArrayList;
import java.util.List;

/**
 * The closed list: the few methods of the JDK through which every descriptor of a socket is opened, connects, listens
 * and is closed. Each is the single Java caller of a native method. Read in the JDK's sources and run on 17, 21, 25, 26
 * and 28.
 */
public final class HookTable {

    private static final int ANY = Integer.MAX_VALUE;

    private static final String FD = "Ljava/io/FileDescriptor;";
    private static final String FAMILY = "Ljava/net/ProtocolFamily;";
    private static final String ADDRESS = "Ljava/net/SocketAddress;";
    private static final String REMOTE = "Ljava/net/InetSocketAddress;";
    private static final String CLOSER = "Ljava/lang/Runnable;";

    private static final String NET = "sun/nio/ch/Net";
    private static final String NIO_SOCKET = "sun/nio/ch/NioSocketImpl";
    private static final String CHANNEL = "sun/nio/ch/SocketChannelImpl";
    private static final String LISTENER = "sun/nio/ch/ServerSocketChannelImpl";
    private static final String DATAGRAM = "sun/nio/ch/DatagramChannelImpl";
    private static final String ASYNC = "sun/nio/ch/UnixAsynchronousSocketChannelImpl";
    private static final String ASYNC_LISTENER_BOUND = "sun/nio/ch/AsynchronousServerSocketChannelImpl";
    private static final String ASYNC_LISTENER = "sun/nio/ch/UnixAsynchronousServerSocketChannelImpl";
    private static final String SOCKET_DISPATCHER = "sun/nio/ch/SocketDispatcher";
    private static final String DATAGRAM_DISPATCHER = "sun/nio/ch/DatagramDispatcher";
    private static final String UNIX_DISPATCHER = "sun/nio/ch/UnixDispatcher";
    private static final String CLASSIC = "java/net/AbstractPlainSocketImpl";
    private static final String CLASSIC_DATAGRAM = "java/net/AbstractPlainDatagramSocketImpl";

    private static final HookPoint[] ALL = {
        // open
        always(NET, "socket", HookedEvent.OPEN, "(" + FAMILY + "Z)" + FD),
        always(NET, "serverSocket", HookedEvent.OPEN, "(" + FAMILY + "Z)" + FD, "(" + FAMILY + ")" + FD),
        always("sun/nio/ch/UnixDomainSockets", "socket", HookedEvent.OPEN, "()" + FD),
        always(LISTENER, "implAccept", HookedEvent.ACCEPT, "(" + FD + FD + "[Ljava/net/SocketAddress;)I"),
        always(NIO_SOCKET, "closerFor", HookedEvent.DESCRIPTOR_SEEN, "(" + FD + "Z)" + CLOSER, "(" + FD + ")" + CLOSER),
        always(NIO_SOCKET, "accept", HookedEvent.ACCEPT_SOCKET, "(Ljava/net/SocketImpl;)V"),
        always(
                ASYNC_LISTENER,
                "finishAccept",
                HookedEvent.ACCEPT_ASYNC,
                "(" + FD + REMOTE
                        + "Ljava/security/AccessControlContext;)Ljava/nio/channels/AsynchronousSocketChannel;",
                "(" + FD + REMOTE + ")Ljava/nio/channels/AsynchronousSocketChannel;"),

        // connect: needed while opening stacks are sampled
        always(NET, "connect", HookedEvent.CONNECT, "(" + FAMILY + FD + "Ljava/net/InetAddress;I)I"),
        always(
                "sun/nio/ch/UnixDomainSockets",
                "connect",
                HookedEvent.CONNECT_UNIX,
                "(" + FD + "Ljava/nio/file/Path;)I"),

        // listen
        always(NIO_SOCKET, "listen", HookedEvent.LISTEN, "(I)V"),
        always(LISTENER, "netBind", HookedEvent.BIND, "(" + ADDRESS + "I)" + ADDRESS),
        always(
                ASYNC_LISTENER_BOUND,
                "bind",
                HookedEvent.BIND,
                "(" + ADDRESS + "I)Ljava/nio/channels/AsynchronousServerSocketChannel;"),

        // channel around the descriptor
        always(CHANNEL, "<init>", HookedEvent.CHANNEL_CREATED),
        always(LISTENER, "<init>", HookedEvent.CHANNEL_CREATED),
        always(ASYNC, "<init>", HookedEvent.CHANNEL_CREATED),
        always(ASYNC_LISTENER, "<init>", HookedEvent.CHANNEL_CREATED),
        always(DATAGRAM, "<init>", HookedEvent.DESCRIPTOR_FIELD_SEEN),

        // implementation of java.net.Socket around the descriptor
        always(NIO_SOCKET, "create", HookedEvent.SOCKET_IMPL_CREATED, "(Z)V"),

        // read: EOF
        always(SOCKET_DISPATCHER, "read", HookedEvent.READ, "(" + FD + "JI)I"),
        always(SOCKET_DISPATCHER, "readv", HookedEvent.READ_VECTOR, "(" + FD + "JI)J"),
        always(ASYNC, "finishRead", HookedEvent.READ_HANDLER, "(Z)V"),
        always("sun/security/ssl/SSLSocketImpl$AppInputStream", "read", HookedEvent.READ_TLS, "([BII)I"),

        // write: still in use
        always(SOCKET_DISPATCHER, "write", HookedEvent.WRITE, "(" + FD + "JI)I"),
        always(SOCKET_DISPATCHER, "writev", HookedEvent.WRITE, "(" + FD + "JI)J"),

        // close request
        always(NIO_SOCKET, "close", HookedEvent.SOCKET_CLOSE_REQUEST, "()V"),
        always(CHANNEL, "implCloseSelectableChannel", HookedEvent.CLOSE_REQUEST, "()V"),
        always(LISTENER, "implCloseSelectableChannel", HookedEvent.CLOSE_REQUEST, "()V"),
        always(DATAGRAM, "implCloseSelectableChannel", HookedEvent.CLOSE_REQUEST, "()V"),
        always(ASYNC, "implClose", HookedEvent.CLOSE_REQUEST, "()V"),
        always(ASYNC_LISTENER, "implClose", HookedEvent.CLOSE_REQUEST, "()V"),

        // pre-close: the socket goes, the number stays
        until20(SOCKET_DISPATCHER, "preClose", HookedEvent.PRE_CLOSE, "(" + FD + ")V"),
        until20(DATAGRAM_DISPATCHER, "preClose", HookedEvent.PRE_CLOSE, "(" + FD + ")V"),
        since21(
                UNIX_DISPATCHER,
                "implPreClose",
                HookedEvent.PRE_CLOSE,
                "(" + FD + "JJ)V",
                "(" + FD + "Ljava/lang/Thread;Ljava/lang/Thread;)V"),

        // close
        until20(SOCKET_DISPATCHER, "close", HookedEvent.CLOSE, "(" + FD + ")V"),
        until20(DATAGRAM_DISPATCHER, "close", HookedEvent.CLOSE, "(" + FD + ")V"),
        since21(UNIX_DISPATCHER, "close", HookedEvent.CLOSE, "(" + FD + ")V"),

        // the same for the implementation that -Djdk.net.usePlainSocketImpl brings back
        only17(CLASSIC, "create", HookedEvent.CLASSIC_OPEN, "(Z)V"),
        only17(CLASSIC, "doConnect", HookedEvent.CLASSIC_CONNECT, "(Ljava/net/InetAddress;II)V"),
        only17(CLASSIC, "listen", HookedEvent.LISTEN, "(I)V"),
        only17(CLASSIC, "accept", HookedEvent.ACCEPT_SOCKET, "(Ljava/net/SocketImpl;)V"),
        only17(CLASSIC, "close", HookedEvent.SOCKET_CLOSE_REQUEST, "()V"),
        only17(CLASSIC, "socketPreClose", HookedEvent.CLASSIC_PRE_CLOSE, "()V"),
        only17(CLASSIC, "socketClose", HookedEvent.CLASSIC_CLOSE, "()V"),
        only17("java/net/SocketInputStream", "socketRead", HookedEvent.CLASSIC_READ, "(" + FD + "[BIII)I"),
        only17(CLASSIC_DATAGRAM, "create", HookedEvent.CLASSIC_OPEN, "()V"),
        only17(CLASSIC_DATAGRAM, "close", HookedEvent.CLASSIC_CLOSE, "()V"),
        only17("java/net/SocketCleanable", "performCleanup", HookedEvent.CLOSED_BY_CLEANER, "()V"),
    };

    private HookTable() {}

    private static HookPoint always(String owner, String method, HookedEvent event, String... descriptors) {
        return new HookPoint(owner, method, 17, ANY, event, descriptors);
    }

    private static HookPoint until20(String owner, String method, HookedEvent event, String... descriptors) {
        return new HookPoint(owner, method, 17, 20, event, descriptors);
    }

    private static HookPoint since21(String owner, String method, HookedEvent event, String... descriptors) {
        return new HookPoint(owner, method, 21, ANY, event, descriptors);
    }

    private static HookPoint only17(String owner, String method, HookedEvent event, String... descriptors) {
        return new HookPoint(owner, method, 17, 17, event, descriptors);
    }

    /** The hooks that a JDK of this feature version should have. */
    public static List<HookPoint> forJdk(int feature) {
        List<HookPoint> hooks = new ArrayList<>();
        for (HookPoint hook : ALL) {
            if (hook.appliesTo(feature)) {
                hooks.add(hook);
            }
        }
        return hooks;
    }
}
