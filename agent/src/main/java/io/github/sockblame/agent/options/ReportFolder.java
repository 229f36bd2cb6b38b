// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.options;

import io.github.sockblame.agent.file.JdkPaths;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder of the option {@code report.to}. */
public final class ReportFolder {

    private ReportFolder() {}

    /**
     * One line if reports cannot be written because their folder is missing; null if it is there, or if the folder has
     * another name for each report.
     */
    public static @Nullable String problem(String pattern) {
        Path folder = JdkPaths.of(pattern).toAbsolutePath().getParent();
        if (folder == null || folder.toString().indexOf('%') >= 0 || Files.isDirectory(folder)) {
            return null;
        }
        return "report.to: the folder " + folder + " does not exist, and no report is written before it does";
    }
}
