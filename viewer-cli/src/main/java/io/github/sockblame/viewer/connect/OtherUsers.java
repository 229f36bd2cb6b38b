// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The JVMs of other users, which the table of {@code ps} does not have. */
final class OtherUsers {

    /** The name of a process that the command {@code java} started (proc_pid_comm(5)). */
    private static final String JAVA = "java";

    private static final String ADVICE = "run sockblame as their user or as root";

    private OtherUsers() {}

    /**
     * One line if there are such JVMs, or may be; null if there are none, or if the viewer runs as root and shows them.
     *
     * @param proc {@code /proc} outside of tests
     * @param ownUid the user of the viewer
     */
    static @Nullable String note(Path proc, int ownUid) {
        if (ownUid == 0) {
            return null;
        }
        if (HiddenProcesses.areHiddenIn(proc.resolve("self/mounts"))) {
            return "JVMs of other users are not shown, because /proc hides them (hidepid): " + ADVICE;
        }
        int count = 0;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[1-9]*")) {
            for (Path folder : folders) {
                count += isJavaOfAnother(folder, ownUid) ? 1 : 0;
            }
        } catch (IOException | DirectoryIteratorException e) {
            return null; // procfs is absent, so there is nothing to count
        }
        if (count == 0) {
            return null;
        }
        return (count == 1 ? "1 JVM of another user is" : count + " JVMs of other users are") + " not shown: " + ADVICE;
    }

    private static boolean isJavaOfAnother(Path folder, int ownUid) {
        try {
            return LocalProcess.uid(folder) != ownUid
                    && Files.readString(folder.resolve("comm")).strip().equals(JAVA);
        } catch (IOException e) {
            return false; // it has ended
        }
    }
}
