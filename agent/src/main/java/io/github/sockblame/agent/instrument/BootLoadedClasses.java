// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import java.lang.instrument.Instrumentation;
import java.util.HashSet;
import java.util.Set;

/** The classes that this JVM's boot loader has loaded. */
final class BootLoadedClasses implements HookStatus.LoadedClasses {

    private final Instrumentation instrumentation;

    BootLoadedClasses(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    @Override
    public Set<String> among(Set<String> classNames) {
        Set<String> loaded = new HashSet<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (type.getClassLoader() == null && classNames.contains(type.getName())) {
                loaded.add(type.getName());
            }
        }
        return loaded;
    }
}
