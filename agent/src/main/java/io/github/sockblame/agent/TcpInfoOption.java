// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.bootstrap.JdkDoor;
import io.github.sockblame.agent.kernel.SocketOption;
import java.io.FileDescriptor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** {@code getsockopt(IPPROTO_TCP, TCP_INFO)} through the JDK's own native method, {@code sun.nio.ch.Net.getIntOption0}. */
final class TcpInfoOption implements SocketOption {

    /** {@code IPPROTO_TCP}, netinet/in.h. */
    private static final int TCP = 6;

    /** {@code TCP_INFO}, linux/tcp.h. */
    private static final int INFO = 11;

    private final JdkDoor door;
    private volatile @Nullable Handles handles;

    private record Handles(MethodHandle newDescriptor, MethodHandle getIntOption) {}

    /** Looks nothing up yet: that would load {@code sun.nio.ch.Net}, perhaps while the program is loading it. */
    TcpInfoOption(JdkDoor door) {
        this.door = door;
    }

    @Override
    public int read(int fd) throws Throwable {
        Handles known = handles;
        if (known == null) {
            known = lookUp();
            handles = known;
        }
        FileDescriptor descriptor = (FileDescriptor) known.newDescriptor.invokeExact(fd);
        return (int) known.getIntOption.invokeExact(descriptor, false, TCP, INFO);
    }

    private Handles lookUp() throws ReflectiveOperationException {
        Class<?> net = Class.forName("sun.nio.ch.Net");
        Class<?> ioUtil = Class.forName("sun.nio.ch.IOUtil");
        return new Handles(
                door.staticMethod(ioUtil, "newFD", MethodType.methodType(FileDescriptor.class, int.class)),
                door.staticMethod(
                        net,
                        "getIntOption0",
                        MethodType.methodType(int.class, FileDescriptor.class, boolean.class, int.class, int.class)));
    }
}
