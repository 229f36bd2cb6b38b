// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.bootstrap;

import java.lang.invoke.MethodHandles;

/** The one class of the private module. Its lookup is what the JDK packages are opened to. */
public final class PrivateLookup {

    private PrivateLookup() {}

    /** A lookup with the rights of this class's module. */
    public static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }
}
