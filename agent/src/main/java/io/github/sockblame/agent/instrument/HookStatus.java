// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import io.github.sockblame.agent.instrument.hook.HookPoint;
import io.github.sockblame.agent.instrument.weave.Weaver;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares the woven hooks with the closed list for this JDK, so that every gap is reported: a method that a new JDK
 * renamed, a class that was loaded without the transformer, an error during the weaving.
 */
public final class HookStatus {

    private static final String WOVEN = "";
    private static final String METHOD_ABSENT = "this JDK's class has no such method";
    private static final String NOT_TRANSFORMED = "the class was loaded without passing the agent";

    private final List<HookPoint> hooks;
    private final LoadedClasses loaded;
    private final LibraryHooks libraryHooks = new LibraryHooks();

    /** The outcome of a hook of the JDK, once its class was loaded: {@link #WOVEN} or the reason why not. */
    private final ConcurrentMap<HookPoint, String> outcome = new ConcurrentHashMap<>();

    private volatile boolean late;

    /** Lists the loaded classes of the JVM. */
    interface LoadedClasses {

        /** Those of these classes that the boot loader has loaded. */
        Set<String> among(Set<String> classNames);
    }

    HookStatus(List<HookPoint> hooks, LoadedClasses loaded) {
        this.hooks = hooks;
        this.loaded = loaded;
    }

    /** The state of the hooks outside the JDK. */
    LibraryHooks libraryHooks() {
        return libraryHooks;
    }

    void woven(List<Weaver.Hooked> hooked) {
        for (Weaver.Hooked one : hooked) {
            outcome.put(one.hook(), one.found() ? WOVEN : METHOD_ABSENT);
        }
    }

    /** Returns whether an attempt failed for lack of stack or memory. */
    boolean isLate() {
        return late;
    }

    void failed(List<HookPoint> ofClass, Throwable why) {
        if (why instanceof VirtualMachineError) {
            late = true; // first, because the rest may fail in the same way
        }
        for (HookPoint hook : ofClass) {
            outcome.put(hook, WeavingFailure.of(why));
        }
    }

    /** Every hook of the closed list and every one in a loaded library, with its state. */
    public List<Hook> hooks() {
        List<Hook> all = new ArrayList<>(hooks.size());
        Set<String> loadedOnes = loadedWithoutOutcome();
        for (HookPoint hook : hooks) {
            String detail = detail(hook, loadedOnes);
            HookState state =
                    detail == null ? HookState.WAITING : detail.equals(WOVEN) ? HookState.WOVEN : HookState.MISSING;
            all.add(new Hook(
                    hook.methodName(), hook.event().label(), state, state == HookState.MISSING ? detail : null));
        }
        all.addAll(libraryHooks.hooks());
        return all;
    }

    /** One call for all classes, because the JVM copies its list of classes for each call. */
    private Set<String> loadedWithoutOutcome() {
        Set<String> names = new HashSet<>();
        for (HookPoint hook : hooks) {
            if (!outcome.containsKey(hook)) {
                names.add(hook.ownerName());
            }
        }
        return names.isEmpty() ? names : loaded.among(names);
    }

    private @Nullable String detail(HookPoint hook, Set<String> loadedOnes) {
        // read after the list of classes: it may have been woven meanwhile
        String known = outcome.get(hook);
        if (known != null) {
            return known;
        }
        if (loadedOnes.contains(hook.ownerName())) {
            return NOT_TRANSFORMED;
        }
        return exists(hook.owner()) ? null : "this JDK has no class " + hook.ownerName();
    }

    private static boolean exists(String owner) {
        return ClassLoader.getSystemResource(owner + ".class") != null;
    }

    /** The names of the classes that are loaded without their hooks, and that may be woven again. */
    Set<String> retryable() {
        Set<String> names = new HashSet<>(loadedWithoutOutcome());
        names.addAll(libraryHooks.toRetry());
        for (HookPoint hook : hooks) {
            String known = outcome.get(hook);
            if (known != null && WeavingFailure.isRetryable(known)) {
                names.add(hook.ownerName());
            }
        }
        return names;
    }
}
