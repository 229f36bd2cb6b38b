// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.bootstrap;

import java.io.IOException;
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
        byte[] bytes = ClassBytes.of(PrivateLookup.class.getName());
        IsolatedLoader loader = new IsolatedLoader();
        Class<?> twin = loader.defineClass(PrivateLookup.class.getName(), bytes, 0, bytes.length);
        return (MethodHandles.Lookup) twin.getMethod("lookup").invoke(null);
    }
}
