// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import io.github.sockblame.agent.instrument.hook.HookPoint;
import io.github.sockblame.agent.instrument.hook.HookTable;
import io.github.sockblame.report.Hook;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the hooks into the JDK and into Netty: into each loaded class now, into the others when they are loaded.
 */
public final class Hooks implements RetryableHooks {

    private final Instrumentation instrumentation;
    private final List<HookPoint> hooks = HookTable.forJdk(Runtime.version().feature());
    private final HookStatus hookStatus;
    private @Nullable SocketTransformer transformer;

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

        /** The program is about to set a security manager, and has none yet. */
        void onSecurityManager();

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

    /** The hooks of this JDK, not yet installed. */
    public Hooks(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
        this.hookStatus = new HookStatus(hooks, new BootLoadedClasses(instrumentation));
    }

    /** Registers the transformer, and weaves the loaded classes. */
    public void install(HookCallbacks hookCallbacks) throws UnmodifiableClassException {
        SocketTransformer installed = new SocketTransformer(hooks, hookStatus, hookCallbacks);
        transformer = installed;
        instrumentation.addTransformer(installed, true);
        retransformLoaded(installed, hookCallbacks);
    }

    private void retransformLoaded(SocketTransformer installed, HookCallbacks hookCallbacks)
            throws UnmodifiableClassException {
        List<Class<?>> loaded = new ArrayList<>();
        List<Class<?>> ofLibraries = new ArrayList<>();
        if (collectLoaded(installed, loaded, ofLibraries)) {
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
    private boolean collectLoaded(SocketTransformer installed, List<Class<?>> ofJdk, List<Class<?>> ofLibraries) {
        boolean jmx = false;
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            String internalName = type.getName().replace('.', '/');
            if (type.getClassLoader() != null) {
                if (SocketTransformer.isOfNetty(internalName)) {
                    ofLibraries.add(type);
                }
            } else if (installed.isHooked(internalName)) {
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
        SocketTransformer installed = transformer;
        if (installed == null) {
            return new Removal(0, List.of());
        }
        installed.end();
        boolean unused = instrumentation.removeTransformer(installed);
        List<Class<?>> loaded = new ArrayList<>();
        boolean unusedToo = collectLoaded(installed, loaded, loaded);
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

    @Override
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

    /** Returns whether an attempt to weave a class failed for lack of stack or memory, whether or not a later one worked. */
    public boolean areLate() {
        return hookStatus.isLate();
    }

    /** Every hook that this JDK should have and every one in a loaded library, with its state. */
    public List<Hook> status() {
        return hookStatus.hooks();
    }
}
