// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.hook;

import java.util.ArrayList;
import java.util.List;

/**
 * The methods of Netty through which every socket of its native transports is opened and closed. They are found by the
 * end of the name of their class, in any class loader, because copies of Netty are often relocated. Read in the class
 * files of 4.1.16, 4.1.48, 4.1.60, 4.1.137, 4.1.140, 4.2.0, 4.2.17 and 4.2.20.
 */
public final class NettyHookTable {

    // compile-time constants, so that a comparison with one does not load this class
    public static final String SOCKET = "netty/channel/unix/Socket";
    public static final String DESCRIPTOR = "netty/channel/unix/FileDescriptor";
    public static final String RING_LISTENER = "netty/channel/uring/IoUringServerSocketChannel";
    public static final String RING_UNIX_LISTENER = "netty/channel/uring/IoUringServerDomainSocketChannel";
    public static final String RING_STREAM = "netty/channel/uring/AbstractIoUringStreamChannel$IoUringStreamUnsafe";

    private static final String BUFFER = "Ljava/nio/ByteBuffer;";

    private static final HookPoint[] ALL = {
        hook(SOCKET, "<init>", HookedEvent.NATIVE_OPEN, "(I)V"),
        hook(SOCKET, "listen", HookedEvent.NATIVE_LISTEN, "(I)V"),
        hook(SOCKET, "accept", HookedEvent.NATIVE_ACCEPT, "([B)I"),
        hook(SOCKET, "recv", HookedEvent.NATIVE_RECEIVE, "(" + BUFFER + "II)I").optional(),
        hook(SOCKET, "recvAddress", HookedEvent.NATIVE_RECEIVE, "(JII)I").optional(),
        hook(DESCRIPTOR, "read", HookedEvent.NATIVE_READ, "(" + BUFFER + "II)I"),
        hook(DESCRIPTOR, "readAddress", HookedEvent.NATIVE_READ, "(JII)I"),
        hook(DESCRIPTOR, "markClosed", HookedEvent.NATIVE_CLOSE, "()Z").optional(),
        hook(DESCRIPTOR, "close", HookedEvent.NATIVE_CLOSE_UNMARKED, "()V").unless("markClosed"),
        hook(RING_LISTENER, "newChildChannel", HookedEvent.IO_URING_ACCEPT),
        hook(RING_UNIX_LISTENER, "newChildChannel", HookedEvent.IO_URING_ACCEPT),
        hook(RING_STREAM, "readComplete0", HookedEvent.IO_URING_READ, "(BIISI)V"),
    };

    private NettyHookTable() {}

    private static HookPoint hook(String suffix, String method, HookedEvent event, String... descriptors) {
        return new HookPoint(suffix, method, 17, Integer.MAX_VALUE, event, descriptors);
    }

    /** The hooks that a class of this name should have. */
    public static List<HookPoint> hooksOf(String internalName) {
        List<HookPoint> hooks = new ArrayList<>();
        for (HookPoint hook : ALL) {
            if (internalName.endsWith(hook.owner())) {
                hooks.add(hook.forClass(internalName));
            }
        }
        return hooks;
    }
}
