// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.security.ProtectionDomain;

/** Defines classes in the boot loader by the JDK's internal {@code jdk.internal.misc.Unsafe.defineClass}. */
public final class BootClassDefiner {

    private final MethodHandle define;
    private final Object unsafe;

    /**
     * Looks up the method.
     *
     * @throws Throwable if this JDK lacks it, or whatever it throws
     */
    public BootClassDefiner(JdkAccess jdk) throws Throwable {
        define = jdk.method(
                Class.forName(JdkAccess.UNSAFE),
                "defineClass",
                MethodType.methodType(
                        Class.class,
                        String.class,
                        byte[].class,
                        int.class,
                        int.class,
                        ClassLoader.class,
                        ProtectionDomain.class));
        unsafe = jdk.unsafe();
    }

    /**
     * Defines this class.
     *
     * @throws Throwable whatever the method throws
     */
    public void define(String name, byte[] classFile) throws Throwable {
        Object unused = define.invoke(unsafe, name, classFile, 0, classFile.length, null, null);
    }
}
