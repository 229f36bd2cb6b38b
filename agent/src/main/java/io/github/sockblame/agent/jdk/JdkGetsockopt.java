// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jdk;

import io.github.sockblame.agent.kernel.SocketSyscalls;
import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** {@code getsockopt} through the JDK's own native method, {@code sun.nio.ch.Net.getIntOption0}. */
public final class JdkGetsockopt implements SocketSyscalls {

    private final JdkAccess jdk;
    private volatile @Nullable Handles handles;

    private record Handles(
            MethodHandle newDescriptor,
            MethodHandle getIntOption,
            MethodHandle poll,
            @Nullable MethodHandle available) {}

    /** Does no lookup yet: that would load {@code sun.nio.ch.Net}, possibly while the program is loading it. */
    public JdkGetsockopt(JdkAccess jdk) {
        this.jdk = jdk;
    }

    @Override
    public int read(int fd, int level, int option) throws Throwable {
        Handles known = handles();
        FileDescriptor descriptor = (FileDescriptor) known.newDescriptor.invokeExact(fd);
        return (int) known.getIntOption.invokeExact(descriptor, false, level, option);
    }

    @Override
    public int poll(int fd, int events) throws Throwable {
        Handles known = handles();
        FileDescriptor descriptor = (FileDescriptor) known.newDescriptor.invokeExact(fd);
        return (int) known.poll.invokeExact(descriptor, events, 0L);
    }

    @Override
    public int available(int fd) throws Throwable {
        Handles known = handles();
        MethodHandle available = known.available;
        if (available == null) {
            throw new IOException("this JDK has no Net.available");
        }
        FileDescriptor descriptor = (FileDescriptor) known.newDescriptor.invokeExact(fd);
        return (int) available.invokeExact(descriptor);
    }

    private Handles handles() throws Throwable {
        Handles known = handles;
        if (known == null) {
            known = lookUp();
            handles = known;
        }
        return known;
    }

    /**
     * Fails until the program has initialized the classes whose initialization loads a library. If another thread is
     * loading a library at that time, JDK 17 waits for it. If that library needs the same class during its load, as
     * Netty's does, both threads wait for each other without end.
     */
    private Handles lookUp() throws Throwable {
        Class<?> ioUtil = Class.forName("sun.nio.ch.IOUtil", false, null);
        if (!jdk.isInitialized(InetAddress.class) || !jdk.isInitialized(ioUtil)) {
            throw new IOException("not available yet: the program has not loaded the network classes");
        }
        Class<?> net = Class.forName("sun.nio.ch.Net", false, null);
        return new Handles(
                jdk.staticMethod(ioUtil, "newFD", MethodType.methodType(FileDescriptor.class, int.class)),
                jdk.staticMethod(
                        net,
                        "getIntOption0",
                        MethodType.methodType(int.class, FileDescriptor.class, boolean.class, int.class, int.class)),
                jdk.staticMethod(
                        net, "poll", MethodType.methodType(int.class, FileDescriptor.class, int.class, long.class)),
                available(net));
    }

    /** Not every report needs it, so a JDK without it has all other answers. */
    private @Nullable MethodHandle available(Class<?> net) throws ReflectiveOperationException {
        try {
            return jdk.staticMethod(net, "available", MethodType.methodType(int.class, FileDescriptor.class));
        } catch (NoSuchMethodException e) {
            return null;
        }
    }
}
