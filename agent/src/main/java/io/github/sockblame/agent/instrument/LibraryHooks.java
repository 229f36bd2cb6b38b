// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import io.github.sockblame.agent.instrument.hook.HookPoint;
import io.github.sockblame.agent.instrument.hook.NettyHookTable;
import io.github.sockblame.agent.instrument.weave.Weaver;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of the hooks in the classes of libraries. It has only classes that the program has loaded, and keeps the
 * copies of different class loaders apart.
 */
final class LibraryHooks {

    private static final String WOVEN = "";
    /** Guarded by this object's monitor, which is held for no longer than a walk over the list. */
    private final List<LoadedCopy> copies = new ArrayList<>();

    /** One hook in one class loader's copy of a class. */
    private static final class LoadedCopy {
        private final WeakReference<ClassLoader> loader;
        private final HookPoint hook;
        private final String outcome;

        LoadedCopy(ClassLoader loader, HookPoint hook, String outcome) {
            this.loader = new WeakReference<>(loader);
            this.hook = hook;
            this.outcome = outcome;
        }

        boolean isGone() {
            return loader.refersTo(null);
        }

        boolean isOf(ClassLoader otherLoader, HookPoint otherHook) {
            return loader.refersTo(otherLoader) && hook.methodName().equals(otherHook.methodName());
        }
    }

    void woven(ClassLoader loader, List<Weaver.Hooked> hooked) {
        for (Weaver.Hooked one : hooked) {
            add(loader, one.hook(), one.found() ? WOVEN : "the class has no such method");
        }
    }

    void failed(ClassLoader loader, List<HookPoint> hooks, Throwable why) {
        add(loader, hooks, WeavingFailure.of(why));
    }

    /** Records a class that was already loaded, and could no longer be changed. */
    void failed(Class<?> type, Throwable why) {
        ClassLoader loader = type.getClassLoader();
        if (loader != null) {
            failed(loader, NettyHookTable.hooksOf(type.getName().replace('.', '/')), why);
        }
    }

    /**
     * Records a class that was not woven, because it would not run: its loader does not delegate to the boot loader.
     */
    void probeNotSeen(ClassLoader loader, List<HookPoint> hooks) {
        add(loader, hooks, "its class loader does not see the agent's probe in the boot loader");
    }

    private void add(ClassLoader loader, List<HookPoint> hooks, String outcome) {
        for (HookPoint hook : hooks) {
            if (hook.isNeeded()) {
                add(loader, hook, outcome);
            }
        }
    }

    private synchronized void add(ClassLoader loader, HookPoint hook, String outcome) {
        for (Iterator<LoadedCopy> each = copies.iterator(); each.hasNext(); ) {
            LoadedCopy loadedCopy = each.next();
            if (loadedCopy.isGone() || loadedCopy.isOf(loader, hook)) {
                each.remove();
            }
        }
        copies.add(new LoadedCopy(loader, hook, outcome));
    }

    private synchronized List<LoadedCopy> living() {
        List<LoadedCopy> living = new ArrayList<>();
        for (LoadedCopy loadedCopy : copies) {
            if (!loadedCopy.isGone()) {
                living.add(loadedCopy);
            }
        }
        return living;
    }

    /** A row for each method of each loaded class name, missing if it is missing in any copy. */
    List<Hook> hooks() {
        Map<String, List<LoadedCopy>> byMethod = new LinkedHashMap<>();
        for (LoadedCopy loadedCopy : living()) {
            byMethod.computeIfAbsent(loadedCopy.hook.methodName(), method -> new ArrayList<>())
                    .add(loadedCopy);
        }
        List<Hook> rows = new ArrayList<>();
        for (Map.Entry<String, List<LoadedCopy>> entry : byMethod.entrySet()) {
            rows.add(row(entry.getKey(), entry.getValue()));
        }
        return rows;
    }

    private static Hook row(String method, List<LoadedCopy> ofMethod) {
        String event = ofMethod.get(0).hook.event().label();
        int all = ofMethod.size();
        int missing = 0;
        String why = WOVEN;
        for (LoadedCopy loadedCopy : ofMethod) {
            if (!loadedCopy.outcome.equals(WOVEN)) {
                missing++;
                why = loadedCopy.outcome;
            }
        }
        if (missing == 0) {
            return new Hook(method, event, HookState.WOVEN, all == 1 ? null : "in " + all + " class loaders");
        }
        return new Hook(
                method,
                event,
                HookState.MISSING,
                all == 1 ? why : "in " + missing + " of " + all + " class loaders: " + why);
    }

    /** The names of the classes whose weaving may succeed at another time. */
    List<String> toRetry() {
        List<String> names = new ArrayList<>();
        for (LoadedCopy loadedCopy : living()) {
            String name = loadedCopy.hook.owner().replace('/', '.');
            if (WeavingFailure.isRetryable(loadedCopy.outcome) && !names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }
}
