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
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Access to {@code java.base}: method handles on members that the JDK does not export. The packages are opened to a
 * private module with one class in it, never to the application's.
 */
public final class JdkAccess {

    static final String UNSAFE = "jdk.internal.misc.Unsafe";

    /** One for the whole life of the JVM: a private module can never be taken back. */
    private static @Nullable JdkAccess opened;

    private final Lookup lookup;

    /**
     * The handles on methods by owner, name and type. The JVM makes classes for a handle that is called often, and never
     * frees them. So an agent that is attached again uses the handles of the one before.
     */
    private final Map<String, MethodHandle> methods = new ConcurrentHashMap<>();

    private JdkAccess(Lookup lookup) {
        this.lookup = lookup;
    }

    /**
     * Opens the access, once.
     *
     * @throws IOException if the agent's jar cannot be read
     * @throws ReflectiveOperationException if the private module cannot be made
     */
    public static synchronized JdkAccess open(Instrumentation instrumentation)
            throws IOException, ReflectiveOperationException {
        JdkAccess known = opened;
        if (known == null) {
            known = make(instrumentation);
            opened = known;
        }
        return known;
    }

    private static JdkAccess make(Instrumentation instrumentation) throws IOException, ReflectiveOperationException {
        Lookup lookup = IsolatedLoader.lookup();
        Set<Module> toUs = Set.of(lookup.lookupClass().getModule());
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(),
                Map.of(
                        "java.io", toUs,
                        "java.lang", toUs,
                        "java.net", toUs,
                        "java.nio.channels.spi", toUs,
                        "java.security", toUs,
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
        return handle(owner, name, type, true);
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
        return handle(owner, name, type, false);
    }

    private MethodHandle handle(Class<?> owner, String name, MethodType type, boolean isStatic)
            throws ReflectiveOperationException {
        String key = owner.getName().concat(name).concat(type.toMethodDescriptorString());
        MethodHandle known = methods.get(key);
        if (known == null) {
            Lookup inside = inside(owner);
            known = isStatic ? inside.findStatic(owner, name, type) : inside.findVirtual(owner, name, type);
            MethodHandle earlier = methods.putIfAbsent(key, known);
            known = earlier == null ? known : earlier;
        }
        return known;
    }

    private Lookup inside(Class<?> owner) throws IllegalAccessException {
        return MethodHandles.privateLookupIn(owner, lookup);
    }
}
