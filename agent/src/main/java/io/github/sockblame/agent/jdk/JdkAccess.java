// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jdk;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.Set;

/**
 * Access to {@code java.base}: method handles on members that the JDK does not export. The packages are opened to a
 * private module with one class in it, never to the application's.
 */
public final class JdkAccess {

    static final String UNSAFE = "jdk.internal.misc.Unsafe";

    private final Lookup lookup;

    private JdkAccess(Lookup lookup) {
        this.lookup = lookup;
    }

    /**
     * Opens the access.
     *
     * @throws IOException if the agent's jar cannot be read
     * @throws ReflectiveOperationException if the private module cannot be made
     */
    public static JdkAccess open(Instrumentation instrumentation) throws IOException, ReflectiveOperationException {
        Lookup lookup = IsolatedLoader.lookup();
        Set<Module> toUs = Set.of(lookup.lookupClass().getModule());
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(),
                Map.of(
                        "java.io", toUs,
                        "java.net", toUs,
                        "java.nio.channels.spi", toUs,
                        "java.util.concurrent.locks", toUs,
                        "sun.nio.ch", toUs,
                        "sun.nio.fs", toUs,
                        "sun.security.ssl", toUs,
                        "jdk.internal.misc", toUs),
                Set.of(),
                Map.of());
        return new JdkAccess(lookup);
    }

    /**
     * A handle on an instance field. Not a method handle: one that is no constant defines a class of its own at its
     * 128th call, and hooks call these.
     */
    public VarHandle field(Class<?> owner, String name, Class<?> type) throws ReflectiveOperationException {
        return inside(owner).findVarHandle(owner, name, type);
    }

    /** A handle on a static field. */
    public VarHandle staticField(Class<?> owner, String name, Class<?> type) throws ReflectiveOperationException {
        return inside(owner).findStaticVarHandle(owner, name, type);
    }

    /** A handle on a static method. */
    public MethodHandle staticMethod(Class<?> owner, String name, MethodType type) throws ReflectiveOperationException {
        return inside(owner).findStatic(owner, name, type);
    }

    /**
     * Returns whether a class is initialized, so that its use waits for no other thread. Also true if this JDK cannot
     * answer; 17 to 28 can: {@code jdk.internal.misc.Unsafe.shouldBeInitialized}.
     */
    public boolean isInitialized(Class<?> type) throws Throwable {
        try {
            MethodHandle isDue = method(
                    Class.forName(UNSAFE), "shouldBeInitialized", MethodType.methodType(boolean.class, Class.class));
            return !(boolean) isDue.invoke(unsafe(), type);
        } catch (NoSuchMethodException e) {
            return true;
        }
    }

    /** The JDK's {@code jdk.internal.misc.Unsafe}. */
    Object unsafe() throws Throwable {
        Class<?> type = Class.forName(UNSAFE);
        return staticMethod(type, "getUnsafe", MethodType.methodType(type)).invoke();
    }

    /** A handle on an instance method. */
    public MethodHandle method(Class<?> owner, String name, MethodType type) throws ReflectiveOperationException {
        return inside(owner).findVirtual(owner, name, type);
    }

    private Lookup inside(Class<?> owner) throws IllegalAccessException {
        return MethodHandles.privateLookupIn(owner, lookup);
    }
}
