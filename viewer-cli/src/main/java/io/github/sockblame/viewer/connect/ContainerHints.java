// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Advice for processes in containers. */
final class ContainerHints {

    private ContainerHints() {}

    /** The processes that have this process id inside a container, because the user may have copied it there; empty without one. */
    static String sameIdInside(LocalProcess process) throws IOException {
        List<String> found = new ArrayList<>();
        Path proc = process.folder().resolveSibling(".");
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[1-9]*")) {
            for (Path other : folders) {
                if (hasInnermostPid(other, process.pid())) {
                    found.add(String.valueOf(other.getFileName()));
                }
            }
        }
        return found.isEmpty()
                ? ""
                : "; process " + process.pid() + " of a container is here process " + String.join(", or ", found);
    }

    private static boolean hasInnermostPid(Path folder, long pid) {
        try {
            ProcStatus status = ProcStatus.read(folder);
            return status.isInNamespace() && status.innermostPid() == pid;
        } catch (IOException e) {
            return false; // the process has ended
        }
    }

    /** The advice for a process that does not answer an attach. The reason may be its container. */
    static String adviceIfSilent(LocalProcess process) throws CannotAnswerException {
        long pid = process.pid();
        ProcStatus status = process.status();
        if (status.isStopped()) {
            return adviceIfStopped(pid);
        }
        if (status.innermostPid() != pid) {
            return "it is process " + status.innermostPid()
                    + " of a container: run sockblame there (docker exec, kubectl exec), with nsenter -a -t " + pid
                    + ", or use its JMX address";
        }
        return "check that it is a JVM of your own user and that it is not stopped";
    }

    /** The advice for a stopped process. */
    static String adviceIfStopped(long pid) {
        return "kill -CONT " + pid + " resumes it; or it is stopped by a debugger";
    }

    /** The advice for a process with a {@code /tmp} of its own. */
    static String adviceIfOwnTmp(long pid) {
        return "run sockblame in its mount namespace: nsenter -m -t " + pid + " "
                + CommandHint.ofThisProcess().text();
    }
}
