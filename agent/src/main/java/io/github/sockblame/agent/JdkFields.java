// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.bootstrap.JdkDoor;
import io.github.sockblame.agent.ledger.DescriptorNumbers;
import java.io.FileDescriptor;
import java.lang.invoke.VarHandle;
import java.net.Socket;
import java.net.SocketImpl;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of the JDK through variable handles.
 *
 * <p>All but {@code FileDescriptor.fd} are looked up when they are needed for the first time: this object is made while the first
 * class of sockets is being loaded, perhaps because the JVM is verifying SocketImpl, which then has no fields yet.
 */
final class JdkFields implements DescriptorNumbers {

    /** TLS over TLS over TLS: nobody goes deeper, and a socket that lies below itself must not loop. */
    private static final int DEEPEST = 8;

    private final JdkDoor door;
    private final VarHandle number;
    private volatile @Nullable VarHandle descriptor;
    private volatile @Nullable Layers layers;
    private volatile @Nullable CloseNotify closeNotify;

    /** What may lie between an {@code SSLSocket} and its descriptor. */
    private record Layers(Class<?> tls, VarHandle self, VarHandle impl, Class<?> delegating, VarHandle delegate) {}

    JdkFields(JdkDoor door) throws ReflectiveOperationException {
        this.door = door;
        this.number = door.field(FileDescriptor.class, "fd", int.class);
    }

    @Override
    public int numberOf(FileDescriptor descriptorObject) {
        return (int) number.get(descriptorObject);
    }

    @Override
    public @Nullable FileDescriptor descriptorOf(SocketImpl impl) {
        try {
            return (FileDescriptor) descriptor().get(impl);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean isClosedByPeer(Socket tlsSocket) {
        try {
            CloseNotify known = closeNotify;
            if (known == null) {
                known = new CloseNotify(door);
                closeNotify = known;
            }
            return known.wasReceivedBy(tlsSocket);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public @Nullable FileDescriptor descriptorBelow(Socket socket) {
        try {
            Layers known = layers();
            Socket lowest = socket;
            for (int i = 0; i < DEEPEST && known.tls.isInstance(lowest); i++) {
                Socket below = (Socket) known.self.get(lowest);
                if (below == lowest) {
                    break;
                }
                lowest = below;
            }
            SocketImpl impl = (SocketImpl) known.impl.get(lowest);
            if (known.delegating.isInstance(impl)) {
                impl = (SocketImpl) known.delegate.get(impl);
            }
            return impl == null ? null : descriptorOf(impl);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private VarHandle descriptor() throws ReflectiveOperationException {
        VarHandle known = descriptor;
        if (known == null) {
            known = door.field(SocketImpl.class, "fd", FileDescriptor.class);
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
                    tls,
                    door.field(tls, "self", Socket.class),
                    door.field(Socket.class, "impl", SocketImpl.class),
                    delegating,
                    door.field(delegating, "delegate", SocketImpl.class));
            layers = known;
        }
        return known;
    }
}
