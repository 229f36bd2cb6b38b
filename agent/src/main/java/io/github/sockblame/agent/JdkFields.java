// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.bootstrap.JdkDoor;
import io.github.sockblame.agent.ledger.DescriptorNumbers;
import java.io.FileDescriptor;
import java.lang.invoke.MethodHandle;
import java.net.SocketImpl;
import org.jspecify.annotations.Nullable;

/** Reads {@code FileDescriptor.fd} and {@code SocketImpl.fd} through method handles. */
final class JdkFields implements DescriptorNumbers {

    private final JdkDoor door;
    private final MethodHandle number;
    private volatile @Nullable MethodHandle descriptor;

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

    /**
     * Looked up when the first connection is accepted and not before: this object is made while the first class of sockets is
     * being loaded, perhaps because the JVM is verifying SocketImpl, which then has no fields yet.
     */
    private MethodHandle descriptor() throws ReflectiveOperationException {
        MethodHandle known = descriptor;
        if (known == null) {
            known = door.getter(SocketImpl.class, "fd", FileDescriptor.class);
            descriptor = known;
        }
        return known;
    }
}
