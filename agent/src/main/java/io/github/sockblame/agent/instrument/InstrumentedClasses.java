// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import java.lang.instrument.Instrumentation;

/** The classes that this JVM's boot loader has loaded. */
final class InstrumentedClasses implements SelfCheck.LoadedClasses {

    private final Instrumentation instrumentation;

    InstrumentedClasses(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    @Override
    public boolean isLoaded(String className) {
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (type.getClassLoader() == null && type.getName().equals(className)) {
                return true;
            }
        }
        return false;
    }
}
