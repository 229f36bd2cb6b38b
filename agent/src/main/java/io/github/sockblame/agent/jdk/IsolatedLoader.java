// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jdk;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;

/**
 * Loads {@link PrivateLookup} a second time, alone. A class loader's unnamed module is a module of its own. So a
 * package that is opened to it is not opened to the application, whose unnamed module the agent's other classes share.
 */
final class IsolatedLoader extends ClassLoader {

    private IsolatedLoader() {
        super("sockblame", null);
    }

    /** The lookup of a fresh private module. */
    static MethodHandles.Lookup lookup() throws IOException, ReflectiveOperationException {
        byte[] bytes = classFile();
        IsolatedLoader loader = new IsolatedLoader();
        Class<?> twin = loader.defineClass(PrivateLookup.class.getName(), bytes, 0, bytes.length);
        return (MethodHandles.Lookup) twin.getMethod("lookup").invoke(null);
    }

    private static byte[] classFile() throws IOException {
        String name = PrivateLookup.class.getSimpleName() + ".class";
        try (InputStream in = PrivateLookup.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("the agent's jar has no " + name);
            }
            return in.readAllBytes();
        }
    }
}
