// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import io.github.sockblame.report.Hook;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Puts the hooks into the JDK and into Netty: into a class that is not loaded yet when it is loaded, into one that is loaded now. */
public final class Hooks {

    private final Instrumentation instrumentation;
    private final HookStatus hookStatus;
    private final SocketTransformer transformer;

    /**
     * What became of the hooks.
     *
     * @param classes from how many classes they were taken
     * @param left names of the classes that still have them, where they are heard by nobody
     */
    public record Removal(int classes, List<String> left) {}

    /** Is told, on the program's thread that loads the class, what the program has begun to use. */
    public interface HookCallbacks {

        /**
         * The first hooked class is about to be woven: the probe must be in place when this returns.
         *
         * @throws Exception if it is not; then the class is not woven
         */
        void onFirstSocketClass() throws Exception;

        /** Somebody makes an MBean server. */
        void onJmxLoaded();

        /** A class was loaded as it is, without its hooks; {@link Hooks#retry} may do better from another thread. */
        void onWeavingFailed();

        /**
         * Somebody stopped the thread that was weaving. To throw that on would stop nobody: what comes out of a transformer, the
         * JDK drops.
         */
        void stopThread(Thread thread);
    }

    private Hooks(Instrumentation instrumentation, HookCallbacks hookCallbacks) {
        List<HookPoint> hooks = HookTable.forJdk(Runtime.version().feature());
        this.instrumentation = instrumentation;
        this.hookStatus = new HookStatus(hooks, new InstrumentedClasses(instrumentation));
        this.transformer = new SocketTransformer(hooks, hookStatus, hookCallbacks);
    }

    /** Registers the transformer, and weaves what is loaded already. */
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
        } catch (UnmodifiableClassException | LinkageError e) { // the JDK's hooks are in place all the same
            for (Class<?> type : ofLibraries) {
                hookStatus.libraryHooks().failed(type, e);
            }
        }
    }

    /** Finds what is hooked among the classes that are loaded, and says whether JMX is in use. */
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
     * Takes the hooks out of every class: each becomes what it would be without us, with what other agents have woven into it. Nothing is woven
     * from then on.
     */
    public Removal remove() {
        transformer.end();
        boolean unused = instrumentation.removeTransformer(transformer);
        List<Class<?>> loaded = new ArrayList<>();
        boolean unusedToo = collectLoaded(loaded, loaded);
        if (isRestored(loaded)) {
            return new Removal(loaded.size(), List.of());
        }
        List<String> left = new ArrayList<>(); // one by one: what one class refuses is no reason to leave the others
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
            return false; // another agent's transformer may give what the JVM refuses
        }
    }

    private void retransform(List<Class<?>> types) throws UnmodifiableClassException {
        if (!types.isEmpty()) {
            instrumentation.retransformClasses(types.toArray(new Class<?>[0]));
        }
    }

    /**
     * Weaves once more what could not be woven when it was loaded: a first weaving may have met the end of a stack or of memory
     * on the program's thread, or the JVM may not even have come to us there.
     *
     * @return whether nothing is left to do; a class that is still being defined on the program's thread cannot be woven yet
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

    /** Every hook that this JDK should have and every one in a library that is loaded, and what became of it. */
    public List<Hook> status() {
        return hookStatus.hooks();
    }
}
