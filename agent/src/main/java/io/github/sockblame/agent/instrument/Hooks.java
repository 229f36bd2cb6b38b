// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import io.github.sockblame.report.Hook;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Weaves the hooks into the JDK and into Netty: into each loaded class now, into the others when they are loaded.
 */
public final class Hooks {

    private final Instrumentation instrumentation;
    private final HookStatus hookStatus;
    private final SocketTransformer transformer;

    /**
     * The result of the removal of the hooks.
     *
     * @param classes the number of classes from which they were removed
     * @param left names of the classes that still have them, where their events have no receiver
     */
    public record Removal(int classes, List<String> left) {}

    /** Receives the program's first uses, on the program's thread that loads the class. */
    public interface HookCallbacks {

        /**
         * The first hooked class is about to be woven: the probe must be in place when this returns.
         *
         * @throws Exception if it is not; then the class is not woven
         */
        void onFirstSocketClass() throws Exception;

        /** The program or an agent makes an MBean server. */
        void onJmxLoaded();

        /** A class was loaded without its hooks; {@link Hooks#retry} may succeed from another thread. */
        void onWeavingFailed();

        /**
         * The thread that was weaving was stopped. To rethrow the error would not stop it, because the JDK drops what a
         * transformer throws.
         */
        void stopThread(Thread thread);
    }

    private Hooks(Instrumentation instrumentation, HookCallbacks hookCallbacks) {
        List<HookPoint> hooks = HookTable.forJdk(Runtime.version().feature());
        this.instrumentation = instrumentation;
        this.hookStatus = new HookStatus(hooks, new InstrumentedClasses(instrumentation));
        this.transformer = new SocketTransformer(hooks, hookStatus, hookCallbacks);
    }

    /** Registers the transformer, and weaves the loaded classes. */
    public static Hooks install(Instrumentation instrumentation, HookCallbacks hookCallbacks)
            throws UnmodifiableClassException {
        Hooks hooks = new Hooks(instrumentation, hookCallbacks);
        instrumentation.addTransformer(hooks.transformer, true);
        hooks.retransformLoaded(hookCallbacks);
        return hooks;
    }

    private void retransformLoaded(HookCallbacks hookCallbacks) throws UnmodifiableClassException {
        List<Class<?>> loaded = new ArrayList<>();
        List<Class<?>> ofLibraries = new ArrayList<>();
        if (collectLoaded(loaded, ofLibraries)) {
            hookCallbacks.onJmxLoaded();
        }
        retransform(loaded);
        try {
            retransform(ofLibraries);
        } catch (UnmodifiableClassException | LinkageError e) { // the JDK's hooks are in place in any case
            for (Class<?> type : ofLibraries) {
                hookStatus.libraryHooks().failed(type, e);
            }
        }
    }

    /** Finds the hooked classes among the loaded ones, and returns whether JMX is in use. */
    private boolean collectLoaded(List<Class<?>> ofJdk, List<Class<?>> ofLibraries) {
        boolean jmx = false;
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            String internalName = type.getName().replace('.', '/');
            if (type.getClassLoader() != null) {
                if (SocketTransformer.isOfNetty(internalName)) {
                    ofLibraries.add(type);
                }
            } else if (transformer.isHooked(internalName)) {
                ofJdk.add(type);
            } else if (internalName.equals(SocketTransformer.JMX_SERVER)) {
                jmx = true;
            }
        }
        return jmx;
    }

    /**
     * Removes the hooks from every class: each becomes what it would be without the agent, with the code of other
     * agents. No class is woven from then on.
     */
    public Removal remove() {
        transformer.end();
        boolean unused = instrumentation.removeTransformer(transformer);
        List<Class<?>> loaded = new ArrayList<>();
        boolean unusedToo = collectLoaded(loaded, loaded);
        if (isRestored(loaded)) {
            return new Removal(loaded.size(), List.of());
        }
        List<String> left = new ArrayList<>(); // one by one: a refusal of one class is no reason to leave the others
        for (Class<?> type : loaded) {
            if (!isRestored(List.of(type))) {
                left.add(type.getName());
            }
        }
        return new Removal(loaded.size() - left.size(), left);
    }

    private boolean isRestored(List<Class<?>> types) {
        try {
            retransform(types);
            return true;
        } catch (UnmodifiableClassException | LinkageError | InternalError | RuntimeException e) {
            return false; // another agent's transformer may return what the JVM refuses
        }
    }

    private void retransform(List<Class<?>> types) throws UnmodifiableClassException {
        if (!types.isEmpty()) {
            instrumentation.retransformClasses(types.toArray(new Class<?>[0]));
        }
    }

    /**
     * Weaves the classes again whose weaving failed at their load. A first weaving may have reached the end of the
     * stack or of memory on the program's thread, or the JVM may not even have called the transformer.
     *
     * @return whether no class is left; a class that is still being defined on the program's thread cannot be woven yet
     */
    public boolean retry() throws UnmodifiableClassException {
        Set<String> names = hookStatus.retryable();
        if (names.isEmpty()) {
            return true;
        }
        List<Class<?>> again = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (names.contains(type.getName()) && isOurs(type)) {
                again.add(type);
            }
        }
        retransform(again);
        return hookStatus.retryable().isEmpty();
    }

    private static boolean isOurs(Class<?> type) {
        return type.getClassLoader() == null
                || SocketTransformer.isOfNetty(type.getName().replace('.', '/'));
    }

    /** Every hook that this JDK should have and every one in a loaded library, with its state. */
    public List<Hook> status() {
        return hookStatus.hooks();
    }
}
