// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import io.github.sockblame.agent.instrument.weave.ErrorHandlerCode;
import io.github.sockblame.probe.SocketProbe;

/** Checks whether the classes of a loader of the program would link to the probe. */
final class ProbeVisibility {

    private ProbeVisibility() {}

    /**
     * Returns whether this loader finds the same probe as the boot loader. The check is the lookup that the JVM will do
     * when the woven code first runs. A loader that does not delegate to the boot loader, or only for some packages,
     * fails in one way or another. The JVM remembers the result, and so does not call the program's loader from within
     * woven code.
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
