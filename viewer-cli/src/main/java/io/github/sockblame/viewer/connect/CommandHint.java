// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import org.jspecify.annotations.Nullable;

/** The command that runs this viewer, for hints to the user: the jar, or the file {@code sockblame} with the jar inside. */
final class CommandHint {

    private final boolean isFile;

    private CommandHint(boolean isFile) {
        this.isFile = isFile;
    }

    static CommandHint ofThisProcess() {
        return of(System.getProperty("sockblame.run.by"));
    }

    /** From the property that the script in that file sets; null if the script did not run. */
    static CommandHint of(@Nullable String runBy) {
        return new CommandHint("command".equals(runBy));
    }

    String text() {
        return isFile ? "sockblame" : "java -jar sockblame.jar";
    }

    /** The same with this option for the JVM. */
    String with(String jvmOption) {
        return isFile ? "SOCKBLAME_JAVA_OPTS=" + jvmOption + " sockblame" : "java " + jvmOption + " -jar sockblame.jar";
    }
}
