// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.bootstrap.JdkDoor;
import io.github.sockblame.agent.ledger.DescriptorNumbers;
import java.io.FileDescriptor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.net.Socket;
import java.net.SocketImpl;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of the JDK through method handles.
 *
 * <p>All but {@code FileDescriptor.fd} are looked up when they are needed for the first time: this object is made while the first
 * class of sockets is being loaded, perhaps because the JVM is verifying SocketImpl, which then has no fields yet.
 */
final class JdkFields implements DescriptorNumbers {

    /** TLS over TLS over TLS: nobody goes deeper, and a socket that lies below itself must not loop. */
    private static final int DEEPEST = 8;

    private final JdkDoor door;
    private final MethodHandle number;
    private volatile @Nullable MethodHandle descriptor;
    private volatile @Nullable Layers layers;

    /** What may lie between an {@code SSLSocket} and its descriptor. */
    private record Layers(MethodHandle self, MethodHandle impl, Class<?> delegating, MethodHandle delegate) {}

    JdkFields(JdkDoor door) throws ReflectiveOperationException {
        this.door = door;
        this.number = door.getter(FileDescriptor.class, "fd", int.class);
    }

    @Override
    public int numberOf(FileDescriptor descriptorObject) {
        try {
            return (int) number.invokeExact(descriptorObject);
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    @Override
    public @Nullable FileDescriptor descriptorOf(SocketImpl impl) {
        try {
            return (FileDescriptor) descriptor().invokeExact(impl);
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    @Override
    public @Nullable FileDescriptor descriptorBelow(Socket socket) {
        try {
            Layers known = layers();
            Socket lowest = socket;
            for (int i = 0; i < DEEPEST && isTls(lowest); i++) {
                Socket below = (Socket) known.self.invokeExact(lowest);
                if (below == lowest) {
                    break;
                }
                lowest = below;
            }
            SocketImpl impl = (SocketImpl) known.impl.invokeExact(lowest);
            if (impl != null && known.delegating.isInstance(impl)) {
                impl = (SocketImpl) known.delegate.invokeExact(impl);
            }
            return impl == null ? null : descriptorOf(impl);
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    private static boolean isTls(Socket socket) {
        return socket.getClass().getName().equals("sun.security.ssl.SSLSocketImpl");
    }

    private MethodHandle descriptor() throws ReflectiveOperationException {
        MethodHandle known = descriptor;
        if (known == null) {
            known = door.getter(SocketImpl.class, "fd", FileDescriptor.class);
            descriptor = known;
        }
        return known;
    }

    private Layers layers() throws ReflectiveOperationException {
        Layers known = layers;
        if (known == null) {
            Class<?> tls = Class.forName("sun.security.ssl.BaseSSLSocketImpl");
            Class<?> delegating = Class.forName("java.net.DelegatingSocketImpl");
            known = new Layers(
                    door.getter(tls, "self", Socket.class).asType(MethodType.methodType(Socket.class, Socket.class)),
                    door.getter(Socket.class, "impl", SocketImpl.class),
                    delegating,
                    door.getter(delegating, "delegate", SocketImpl.class)
                            .asType(MethodType.methodType(SocketImpl.class, SocketImpl.class)));
            layers = known;
        }
        return known;
    }
}
