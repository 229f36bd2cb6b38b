// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jdk;

import java.lang.invoke.MethodType;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The options of this JVM, from its command line, its environment and its files of options: {@code
 * jdk.internal.misc.VM.getRuntimeArguments}, JDK 17 to 28. {@code RuntimeMXBean} has the same, in a module that a program may lack.
 */
public final class JdkRuntimeArguments implements Supplier<List<String>> {

    private final JdkAccess jdk;

    /** Does no lookup yet, because the constructor may run while the program loads a class. */
    public JdkRuntimeArguments(JdkAccess jdk) {
        this.jdk = jdk;
    }

    /**
     * Reads them.
     *
     * @throws IllegalStateException if this JDK does not have them
     */
    @Override
    public List<String> get() {
        try {
            Class<?> vm = Class.forName("jdk.internal.misc.VM");
            MethodType type = MethodType.methodType(String[].class);
            String @Nullable [] arguments =
                    (String[]) jdk.staticMethod(vm, "getRuntimeArguments", type).invoke();
            return arguments == null ? List.of() : List.of(arguments); // null if there is not one
        } catch (Error e) {
            throw e;
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }
}
