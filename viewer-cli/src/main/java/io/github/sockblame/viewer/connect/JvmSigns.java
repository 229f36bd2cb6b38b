// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The signs in procfs and {@code /tmp} that a process is a HotSpot JVM; they take no signal to it. */
final class JvmSigns {

    private static final String LIBRARY = "/libjvm.so";

    private JvmSigns() {}

    /**
     * Returns whether a process has mapped the library of the JVM (proc_pid_maps(5)).
     *
     * @param process its folder in procfs
     * @throws IOException if its maps are unreadable
     */
    static boolean hasLibrary(Path process) throws IOException {
        try (BufferedReader maps = Files.newBufferedReader(process.resolve("maps"), ISO_8859_1)) {
            for (String line = maps.readLine(); line != null; line = maps.readLine()) {
                if (line.endsWith(LIBRARY) || line.endsWith(LIBRARY + " (deleted)")) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Returns whether a process has performance data, a file {@code hsperfdata_USER/PID} that belongs to its user. A JVM has it unless it was started
     * with {@code -XX:-UsePerfData}.
     *
     * @param tmp the {@code /tmp} of the process
     * @param process its folder in procfs
     */
    static boolean hasPerformanceData(Path tmp, Path process) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(tmp, "hsperfdata_*")) {
            String pid = Long.toString(ProcStatus.read(process).innermostPid());
            int owner = LocalProcess.uid(process);
            for (Path folder : folders) {
                Path data = folder.resolve(pid);
                if (Files.isRegularFile(data) && LocalProcess.uid(data) == owner) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException e) {
            return false;
        }
    }
}
