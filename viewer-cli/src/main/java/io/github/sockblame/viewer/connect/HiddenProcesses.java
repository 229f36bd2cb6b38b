// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether procfs shows the processes of other users to this viewer. */
final class HiddenProcesses {

    /** The values of hidepid that hide the folder of a process, by number and, since Linux 5.8, by name. */
    private static final List<String> HIDING =
            List.of("hidepid=2", "hidepid=invisible", "hidepid=4", "hidepid=ptraceable");

    /* The fields of a mount: device, folder, type, options (fstab(5)). */
    private static final int FOLDER = 1;
    private static final int OPTIONS = 3;

    private HiddenProcesses() {}

    /**
     * Returns whether {@code /proc} is mounted with an option that hides processes; false if that cannot be read.
     *
     * @param mounts {@code /proc/self/mounts}; the last mount of a folder is the visible one
     */
    static boolean areHiddenIn(Path mounts) {
        boolean hidden = false;
        try {
            for (String line : Files.readAllLines(mounts, ISO_8859_1)) {
                String[] fields = line.split(" ", -1);
                if (fields.length > OPTIONS && fields[FOLDER].equals("/proc")) {
                    hidden = List.of(fields[OPTIONS].split(",", -1)).stream().anyMatch(HIDING::contains);
                }
            }
        } catch (IOException e) {
            return false;
        }
        return hidden;
    }
}
