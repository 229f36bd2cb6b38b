// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jdk;

import java.lang.invoke.MethodType;
import java.nio.file.FileSystem;

/**
 * The JDK's own file system, also if the program has replaced the default one: {@code
 * sun.nio.fs.DefaultFileSystemProvider.theFileSystem}, JDK 17 to 28.
 */
public final class JdkFileSystem {

    private JdkFileSystem() {}

    /**
     * Returns it.
     *
     * @throws ReflectiveOperationException if this JDK has no such method
     */
    public static FileSystem of(JdkAccess jdk) throws ReflectiveOperationException {
        Class<?> provider = Class.forName("sun.nio.fs.DefaultFileSystemProvider");
        try {
            return (FileSystem) jdk.staticMethod(provider, "theFileSystem", MethodType.methodType(FileSystem.class))
                    .invokeExact();
        } catch (ReflectiveOperationException | Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // there is no other kind
        }
    }
}
