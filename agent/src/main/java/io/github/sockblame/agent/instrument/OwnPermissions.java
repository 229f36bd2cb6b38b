// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * The agent's permissions on a thread of a program with fewer ones: only a security manager makes that difference, and
 * JDK 24 and later have none (JEP 486).
 */
@SuppressWarnings("removal") // JDKs without these methods never call them
final class OwnPermissions {

    private static final boolean MAY_BE_NEEDED = Runtime.version().feature() < 24;

    private OwnPermissions() {}

    /** Returns whether there is a security manager now. */
    static boolean isSandboxed() {
        return MAY_BE_NEEDED && System.getSecurityManager() != null;
    }

    /** Runs this with the permissions of the agent's jar alone. */
    static <T> @Nullable T run(PrivilegedAction<T> action) {
        return AccessController.doPrivileged(action);
    }
}
