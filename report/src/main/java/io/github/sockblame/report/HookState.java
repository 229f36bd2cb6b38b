// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.util.Locale;

/** The state of one hook in this JVM. */
public enum HookState {
    /** The class is loaded and the hook is in it. */
    WOVEN,
    /** The class is not loaded yet; the hook will be woven when it is. */
    WAITING,
    /** The class is loaded, and the hook is not in it: the agent misses sockets that pass there. */
    MISSING;

    /** The word as it is printed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
