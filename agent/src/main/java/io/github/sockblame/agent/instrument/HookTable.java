// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import java.util.ArrayList;
import java.util.List;

/**
 * The closed list: the few methods of the JDK through which every descriptor of a socket is born and dies. Each is the
 * single Java caller of a native method. Read in the JDK's sources and run on 17, 21, 25, 26 and 28.
 */
final class HookTable {

    private static final int ANY = Integer.MAX_VALUE;

    private static final String FD = "Ljava/io/FileDescriptor;";
    private static final String FAMILY = "Ljava/net/ProtocolFamily;";
    private static final String NET = "sun/nio/ch/Net";
    private static final String NIO_SOCKET = "sun/nio/ch/NioSocketImpl";
    private static final String LISTENER_CHANNEL = "sun/nio/ch/ServerSocketChannelImpl";
    private static final String ASYNC_LISTENER = "sun/nio/ch/UnixAsynchronousServerSocketChannelImpl";
    private static final String ASYNC_CHANNEL = "Ljava/nio/channels/AsynchronousSocketChannel;";
    private static final String SOCKET_DISPATCHER = "sun/nio/ch/SocketDispatcher";
    private static final String DATAGRAM_DISPATCHER = "sun/nio/ch/DatagramDispatcher";
    private static final String UNIX_DISPATCHER = "sun/nio/ch/UnixDispatcher";
    private static final String UNIX_DOMAIN = "sun/nio/ch/UnixDomainSockets";

    private static final HookPoint[] ALL = {
        // born
        hook(NET, "socket", 17, ANY, HookedEvent.OPEN, "(" + FAMILY + "Z)" + FD),
        hook(NET, "serverSocket", 17, ANY, HookedEvent.OPEN, "(" + FAMILY + "Z)" + FD, "(" + FAMILY + ")" + FD),
        hook(UNIX_DOMAIN, "socket", 17, ANY, HookedEvent.OPEN, "()" + FD),
        hook(
                LISTENER_CHANNEL,
                "implAccept",
                17,
                ANY,
                HookedEvent.ACCEPT,
                "(" + FD + FD + "[Ljava/net/SocketAddress;)I"),
        hook(UNIX_DOMAIN, "accept", 17, ANY, HookedEvent.ACCEPT, "(" + FD + FD + "[Ljava/lang/String;)I"),
        hook(
                NIO_SOCKET,
                "closerFor",
                17,
                ANY,
                HookedEvent.PASS,
                "(" + FD + "Z)Ljava/lang/Runnable;",
                "(" + FD + ")Ljava/lang/Runnable;"),
        hook(NIO_SOCKET, "accept", 17, ANY, HookedEvent.ACCEPT_SOCKET, "(Ljava/net/SocketImpl;)V"),
        hook(
                ASYNC_LISTENER,
                "finishAccept",
                17,
                ANY,
                HookedEvent.ACCEPT_ASYNC,
                "(" + FD + "Ljava/net/InetSocketAddress;Ljava/security/AccessControlContext;)" + ASYNC_CHANNEL,
                "(" + FD + "Ljava/net/InetSocketAddress;)" + ASYNC_CHANNEL),

        // told that the peer closed
        hook(SOCKET_DISPATCHER, "read", 17, ANY, HookedEvent.READ, "(" + FD + "JI)I"),
        hook(SOCKET_DISPATCHER, "readv", 17, ANY, HookedEvent.READ_VECTOR, "(" + FD + "JI)J"),

        // the program asks for the close
        hook(NIO_SOCKET, "close", 17, ANY, HookedEvent.CLOSING, "()V"),
        hook("sun/nio/ch/SocketChannelImpl", "implCloseSelectableChannel", 17, ANY, HookedEvent.CLOSING, "()V"),
        hook(LISTENER_CHANNEL, "implCloseSelectableChannel", 17, ANY, HookedEvent.CLOSING, "()V"),
        hook("sun/nio/ch/DatagramChannelImpl", "implCloseSelectableChannel", 17, ANY, HookedEvent.CLOSING, "()V"),

        // the socket goes, the number stays
        hook(SOCKET_DISPATCHER, "preClose", 17, 20, HookedEvent.PRE_CLOSE, "(" + FD + ")V"),
        hook(DATAGRAM_DISPATCHER, "preClose", 17, 20, HookedEvent.PRE_CLOSE, "(" + FD + ")V"),
        hook(
                UNIX_DISPATCHER,
                "implPreClose",
                21,
                ANY,
                HookedEvent.PRE_CLOSE,
                "(" + FD + "JJ)V",
                "(" + FD + "Ljava/lang/Thread;Ljava/lang/Thread;)V"),

        // dies
        hook(SOCKET_DISPATCHER, "close", 17, 20, HookedEvent.CLOSE, "(" + FD + ")V"),
        hook(DATAGRAM_DISPATCHER, "close", 17, 20, HookedEvent.CLOSE, "(" + FD + ")V"),
        hook(UNIX_DISPATCHER, "close", 21, ANY, HookedEvent.CLOSE, "(" + FD + ")V"),
    };

    private HookTable() {}

    private static HookPoint hook(
            String owner, String method, int since, int until, HookedEvent event, String... descriptors) {
        return new HookPoint(owner, method, since, until, event, descriptors);
    }

    /** The hooks that a JDK of this feature version should have. */
    static List<HookPoint> forJdk(int feature) {
        List<HookPoint> hooks = new ArrayList<>();
        for (HookPoint hook : ALL) {
            if (hook.isIn(feature)) {
                hooks.add(hook);
            }
        }
        return hooks;
    }
}
