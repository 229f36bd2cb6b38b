// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The status of a process (proc_pid_status(5)).
 *
 * @param isStopped whether it is stopped, for example by SIGSTOP or a debugger
 * @param pids its process ids, from our namespace to its innermost one
 * @param catchesQuit whether it has a handler for SIGQUIT, as each attachable JVM has
 */
record ProcStatus(boolean isStopped, List<Long> pids, boolean catchesQuit) {

    private static final int SIGQUIT_BIT = 1 << 2;

    ProcStatus {
        pids = List.copyOf(pids);
    }

    /**
     * Reads the status.
     *
     * @param folder the folder of the process in procfs
     */
    static ProcStatus read(Path folder) throws IOException {
        boolean isStopped = false;
        List<Long> pids = new ArrayList<>();
        boolean catchesQuit = false;
        try {
            for (String line : Files.readAllLines(folder.resolve("status"), ISO_8859_1)) {
                int colon = line.indexOf(':');
                String value = line.substring(colon + 1).strip();
                switch (line.substring(0, Math.max(0, colon))) {
                    case "State" -> isStopped = value.toLowerCase(Locale.ROOT).startsWith("t");
                    case "NSpid" -> {
                        for (String pid : value.split("\\s+")) {
                            pids.add(Long.valueOf(pid));
                        }
                    }
                    case "SigCgt" -> catchesQuit = (Long.parseUnsignedLong(value, 16) & SIGQUIT_BIT) != 0;
                    default -> {}
                }
            }
            if (pids.isEmpty()) { // an old kernel
                pids.add(Long.valueOf(String.valueOf(folder.getFileName())));
            }
        } catch (NumberFormatException e) {
            throw new IOException("a bad number in " + folder.resolve("status"), e);
        }
        return new ProcStatus(isStopped, pids, catchesQuit);
    }

    /** Its process id in its innermost namespace. */
    long innermostPid() {
        return pids.get(pids.size() - 1);
    }

    /** Returns whether it has a namespace inside ours. */
    boolean isInNamespace() {
        return pids.size() > 1;
    }
}
