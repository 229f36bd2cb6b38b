// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.file.JdkPaths;
import io.github.sockblame.agent.jdk.JdkAccess;
import io.github.sockblame.agent.jdk.JdkFileSystem;
import io.github.sockblame.agent.log.InternalErrors;
import java.io.IOException;
import java.lang.instrument.Instrumentation;

/** Makes the agent use the JDK's own file system, whatever the program has made the default one. */
final class OwnFileSystem {

    private OwnFileSystem() {}

    /**
     * Does so at once if the program has replaced the default one. Otherwise there is time until the access to the JDK is
     * open in any case.
     */
    static void useIfReplaced(Instrumentation instrumentation) throws IOException, ReflectiveOperationException {
        if (System.getProperty(JdkPaths.REPLACEMENT) != null) {
            use(JdkAccess.open(instrumentation));
        }
    }

    static void use(JdkAccess jdk) {
        try {
            JdkPaths.use(JdkFileSystem.of(jdk));
        } catch (ReflectiveOperationException e) {
            InternalErrors.count(e); // the default one is the same, unless the program has replaced it
        }
    }
}
