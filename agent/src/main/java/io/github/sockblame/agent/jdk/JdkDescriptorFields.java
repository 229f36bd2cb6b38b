// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jdk;

import io.github.sockblame.agent.ledger.DescriptorAccess;
import java.io.FileDescriptor;
import java.lang.invoke.VarHandle;
import java.net.Socket;
import java.net.SocketImpl;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of the JDK through variable handles.
 *
 * <p>All except {@code FileDescriptor.fd} are looked up on first use. This object is made while the first class of
 * sockets is being loaded, possibly because the JVM is verifying SocketImpl, which then has no fields yet.
 */
public final class JdkDescriptorFields implements DescriptorAccess {

    private final JdkAccess jdk;
    private final VarHandle number;
    private volatile @Nullable VarHandle descriptor;
    private volatile @Nullable SocketLayers layers;
    private volatile @Nullable TlsCloseNotify tlsCloseNotify;

    /** Looks up {@code FileDescriptor.fd} alone. */
    public JdkDescriptorFields(JdkAccess jdk) throws ReflectiveOperationException {
        this.jdk = jdk;
        this.number = jdk.field(FileDescriptor.class, "fd", int.class);
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
            TlsCloseNotify known = tlsCloseNotify;
            if (known == null) {
                known = new TlsCloseNotify(jdk);
                tlsCloseNotify = known;
            }
            return known.wasReceivedBy(tlsSocket);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public @Nullable FileDescriptor underlyingDescriptor(Socket socket) {
        try {
            SocketImpl impl = layers().underlyingImpl(socket);
            return impl == null ? null : descriptorOf(impl);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private VarHandle descriptor() throws ReflectiveOperationException {
        VarHandle known = descriptor;
        if (known == null) {
            StackHeadroom.require();
            known = jdk.field(SocketImpl.class, "fd", FileDescriptor.class);
            descriptor = known;
        }
        return known;
    }

    private SocketLayers layers() throws ReflectiveOperationException {
        SocketLayers known = layers;
        if (known == null) {
            StackHeadroom.require();
            known = new SocketLayers(jdk);
            layers = known;
        }
        return known;
    }
}
