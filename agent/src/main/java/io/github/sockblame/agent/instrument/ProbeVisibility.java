// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import io.github.sockblame.probe.SocketProbe;

/** Tells whether the classes of a loader of the program would link to the probe. */
final class ProbeVisibility {

    private ProbeVisibility() {}

    /**
     * Whether this loader finds the very probe that the boot loader has. It asks as the JVM will when the woven code first runs; a loader
     * that does not hand on to the boot loader, or only some packages, says no in one way or another. The JVM remembers the answer, and
     * so does not ask the program's loader from within woven code.
     */
    static boolean isVisibleTo(ClassLoader loader) {
        try {
            return ErrorHandlerCode.areTypesKnownTo(loader)
                    && Class.forName(SocketProbe.class.getName(), false, loader) == SocketProbe.class;
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
            return false;
        }
    }
}
