// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds what was woven against the closed list for this JDK, so that a hole is never silent: a method that a new JDK renamed, a
 * class that was loaded past the transformer, an error while weaving.
 */
public final class SelfCheck {

    private static final String WOVEN = "";
    private static final String METHOD_ABSENT = "this JDK's class has no such method";
    private static final String PAST_US = "the class was loaded without passing the agent";

    private final List<HookPoint> hooks;
    private final LoadedClasses loaded;
    private final LibraryHooks libraryHooks = new LibraryHooks();

    /** What became of a hook of the JDK, once its class was loaded: {@link #WOVEN} or why not. */
    private final ConcurrentMap<HookPoint, String> outcome = new ConcurrentHashMap<>();

    /** Tells which classes the JVM has loaded. */
    interface LoadedClasses {
        boolean isLoaded(String className);
    }

    SelfCheck(List<HookPoint> hooks, LoadedClasses loaded) {
        this.hooks = hooks;
        this.loaded = loaded;
    }

    /** What became of the hooks outside the JDK. */
    LibraryHooks libraryHooks() {
        return libraryHooks;
    }

    void woven(List<Weaver.Hooked> hooked) {
        for (Weaver.Hooked one : hooked) {
            outcome.put(one.hook(), one.found() ? WOVEN : METHOD_ABSENT);
        }
    }

    void failed(List<HookPoint> ofClass, Throwable why) {
        for (HookPoint hook : ofClass) {
            outcome.put(hook, "weaving failed: " + why);
        }
    }

    /** Every hook of the closed list and every one in a library that is loaded, and what became of it. */
    public List<Hook> hooks() {
        List<Hook> all = new ArrayList<>(hooks.size());
        for (HookPoint hook : hooks) {
            String detail = detail(hook);
            HookState state =
                    detail == null ? HookState.WAITING : detail.equals(WOVEN) ? HookState.WOVEN : HookState.MISSING;
            all.add(new Hook(
                    hook.methodName(), hook.event().words(), state, state == HookState.MISSING ? detail : null));
        }
        all.addAll(libraryHooks.hooks());
        return all;
    }

    private @Nullable String detail(HookPoint hook) {
        String known = outcome.get(hook);
        if (known != null) {
            return known;
        }
        String owner = hook.owner().replace('/', '.');
        if (loaded.isLoaded(owner)) {
            // looked up again: it may have been woven between the two questions
            return outcome.getOrDefault(hook, PAST_US);
        }
        return exists(hook.owner()) ? null : "this JDK has no class " + owner;
    }

    private static boolean exists(String owner) {
        return ClassLoader.getSystemResource(owner + ".class") != null;
    }

    /** The names of the classes that are loaded and whose hooks are not in them, though they may be woven again. */
    List<String> toRetry() {
        List<String> names = libraryHooks.toRetry();
        for (HookPoint hook : hooks) {
            String owner = hook.owner().replace('/', '.');
            String known = outcome.get(hook);
            boolean open =
                    known == null ? loaded.isLoaded(owner) : !known.equals(WOVEN) && !known.equals(METHOD_ABSENT);
            if (open && !names.contains(owner)) {
                names.add(owner);
            }
        }
        return names;
    }
}
