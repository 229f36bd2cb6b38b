// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jdk;

import java.lang.invoke.MethodHandles;

/** The one class of the private module. The JDK packages are opened to its lookup. It is public for the reflective call from {@link IsolatedLoader}. */
public final class PrivateLookup {

    private PrivateLookup() {}

    /** A lookup with the rights of this class's module. */
    public static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }
}
