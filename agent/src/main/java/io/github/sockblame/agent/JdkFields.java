// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.bootstrap.JdkDoor;
import io.github.sockblame.agent.ledger.DescriptorNumbers;
import java.io.FileDescriptor;
import java.lang.invoke.VarHandle;
import java.net.SocketImpl;
import org.jspecify.annotations.Nullable;

/** Reads {@code FileDescriptor.fd} and {@code SocketImpl.fd} through variable handles. */
final class JdkFields implements DescriptorNumbers {

    private final JdkDoor door;
    private final VarHandle number;
    private volatile @Nullable VarHandle descriptor;

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

    /**
     * Looked up when the first connection is accepted and not before: this object is made while the first class of sockets is
     * being loaded, perhaps because the JVM is verifying SocketImpl, which then has no fields yet.
     */
    private VarHandle descriptor() throws ReflectiveOperationException {
        VarHandle known = descriptor;
        if (known == null) {
            known = door.field(SocketImpl.class, "fd", FileDescriptor.class);
            descriptor = known;
        }
        return known;
    }
}
