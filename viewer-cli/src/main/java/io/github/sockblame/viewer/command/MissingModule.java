// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the module that a Java lacks, as one made by {@code jlink} may. A class of such a module is missing when the first class that uses it
 * is linked, at any place of the viewer.
 */
final class MissingModule {

    private static final int MAX_CAUSES = 20;

    /** The first packages of modules that the viewer and its libraries use. The first match counts. */
    private static final List<Map.Entry<String, String>> MODULES = List.of(
            Map.entry("javax.management.remote.rmi.", "java.management.rmi"),
            Map.entry("javax.management.", "java.management"),
            Map.entry("java.lang.management.", "java.management"),
            Map.entry("java.rmi.", "java.rmi"),
            Map.entry("javax.rmi.", "java.rmi"),
            Map.entry("javax.naming.", "java.naming"),
            Map.entry("java.util.logging.", "java.logging"),
            Map.entry("java.beans.", "java.desktop"),
            Map.entry("java.sql.", "java.sql"),
            Map.entry("javax.xml.", "java.xml"),
            Map.entry("org.w3c.dom.", "java.xml"),
            Map.entry("org.xml.sax.", "java.xml"),
            Map.entry("com.sun.tools.attach.", "jdk.attach"),
            Map.entry("sun.misc.", "jdk.unsupported"));

    private MissingModule() {}

    /** The module whose absence caused this problem; null if another reason did. */
    static @Nullable String of(Throwable problem) {
        Throwable cause = problem;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof NoClassDefFoundError || cause instanceof ClassNotFoundException) {
                String module = ofClass(String.valueOf(cause.getMessage()).replace('/', '.'));
                if (module != null && ModuleLayer.boot().findModule(module).isEmpty()) {
                    return module;
                }
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static @Nullable String ofClass(String name) {
        for (Map.Entry<String, String> entry : MODULES) {
            if (name.startsWith(entry.getKey())) {
                return entry.getValue();
            }
        }
        return null;
    }
}
