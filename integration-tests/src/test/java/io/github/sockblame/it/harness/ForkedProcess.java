// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts processes whose surroundings do not depend on those of the build. */
public final class ForkedProcess {

    private ForkedProcess() {}

    public static Process start(List<String> command, Path folder, Map<String, String> variables) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("SOCKBLAME_")
                        || name.equals("JAVA_TOOL_OPTIONS")
                        || name.equals("JDK_JAVA_OPTIONS")
                        || name.equals("_JAVA_OPTIONS"));
        builder.environment().putAll(variables);
        return builder.start();
    }

    /** Whether this command can be run here, and ends with 0. */
    public static boolean succeeds(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            return process.exitValue() == 0;
        }
        process.destroyForcibly();
        return false;
    }
}
