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
public final class OwnPermissions {

    private static final boolean MAY_BE_NEEDED = Runtime.version().feature() < 24;

    /**
     * The JDK loads this class at the first call of {@code System.setSecurityManager}, before that call has an effect.
     * 17 to 23 have it; it holds the callers that a warning names.
     */
    private static final String LOADED_BEFORE_MANAGER = "java/lang/System$CallersHolder";

    private OwnPermissions() {}

    /** Returns whether this JDK has security managers. */
    public static boolean mayBeNeeded() {
        return MAY_BE_NEEDED;
    }

    /** Returns whether the load of this class of the boot loader means that the program sets a security manager now. */
    static boolean isLoadedBeforeManager(String internalName) {
        return MAY_BE_NEEDED && internalName.equals(LOADED_BEFORE_MANAGER);
    }

    /** Returns whether there is a security manager now. */
    public static boolean isSandboxed() {
        return MAY_BE_NEEDED && System.getSecurityManager() != null;
    }

    /** Runs this with the permissions of the agent's jar alone. */
    public static <T> @Nullable T run(PrivilegedAction<T> action) {
        return AccessController.doPrivileged(action);
    }
}
