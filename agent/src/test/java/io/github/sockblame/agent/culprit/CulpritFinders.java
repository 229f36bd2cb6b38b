// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.culprit;

import java.util.List;

/** Culprit finders for tests, and what they have read. */
public final class CulpritFinders {

    private static final CulpritFinder KNOWN_LIBRARIES = CulpritFinder.of(List.of(), List.of());

    private CulpritFinders() {}

    /** The one with the agent's lists, which are read once. */
    public static CulpritFinder withKnownLibraries() {
        return KNOWN_LIBRARIES;
    }

    /** Returns whether the lists were read. */
    public static boolean hasLists(CulpritFinder culprits) {
        return culprits.lists != null;
    }
}
