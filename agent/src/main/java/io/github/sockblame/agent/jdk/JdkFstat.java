// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jdk;

import io.github.sockblame.agent.kernel.fd.FstatCalls;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** {@code fstat} through the JDK's own {@code sun.nio.fs.UnixFileAttributes}, JDK 17 to 28. */
public final class JdkFstat implements FstatCalls {

    /* linux/stat.h */
    private static final int S_IFMT = 0xf000;
    private static final int S_IFSOCK = 0xc000;

    /** asm-generic/errno-base.h */
    private static final int EBADF = 9;

    private final JdkAccess jdk;
    private @Nullable Handles handles;

    private record Handles(
            MethodHandle get, MethodHandle mode, MethodHandle inode, Class<?> refusal, MethodHandle errorNumber) {}

    /** Does no lookup yet, because the constructor may run while the program loads a class. */
    public JdkFstat(JdkAccess jdk) {
        this.jdk = jdk;
    }

    @Override
    public long socketInode(int fd) throws Exception {
        Handles known = handles();
        try {
            Object attributes = (Object) known.get.invokeExact(fd);
            boolean socket = ((int) known.mode.invokeExact(attributes) & S_IFMT) == S_IFSOCK;
            return socket ? (long) known.inode.invokeExact(attributes) : NO_SOCKET;
        } catch (Exception e) {
            if (known.refusal.isInstance(e) && errorNumber(known, e) == EBADF) {
                return CLOSED;
            }
            throw e;
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // there is no third kind
        }
    }

    private static int errorNumber(Handles known, Exception refusal) throws Exception {
        try {
            return (int) known.errorNumber.invokeExact(refusal);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private Handles handles() throws ReflectiveOperationException {
        Handles known = handles;
        if (known == null) {
            known = lookUp();
            handles = known;
        }
        return known;
    }

    private Handles lookUp() throws ReflectiveOperationException {
        Class<?> attributes = Class.forName("sun.nio.fs.UnixFileAttributes");
        Class<?> refusal = Class.forName("sun.nio.fs.UnixException");
        return new Handles(
                jdk.staticMethod(attributes, "get", MethodType.methodType(attributes, int.class))
                        .asType(MethodType.methodType(Object.class, int.class)),
                jdk.method(attributes, "mode", MethodType.methodType(int.class))
                        .asType(MethodType.methodType(int.class, Object.class)),
                jdk.method(attributes, "ino", MethodType.methodType(long.class))
                        .asType(MethodType.methodType(long.class, Object.class)),
                refusal,
                jdk.method(refusal, "errno", MethodType.methodType(int.class))
                        .asType(MethodType.methodType(int.class, Exception.class)));
    }
}
