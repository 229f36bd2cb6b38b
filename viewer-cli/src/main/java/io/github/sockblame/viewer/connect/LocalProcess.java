// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process of this machine, as procfs shows it. */
final class LocalProcess {

    private static final Path PROC = Path.of("/proc");

    private final long pid;
    private final Path folder;
    private final int ownUid;

    private LocalProcess(long pid, Path proc, int ownUid) {
        this.pid = pid;
        this.folder = proc.resolve(Long.toString(pid));
        this.ownUid = ownUid;
    }

    static LocalProcess of(long pid) throws CannotAnswerException {
        try {
            return of(pid, PROC, uid(PROC.resolve("self")));
        } catch (IOException e) {
            throw new CannotAnswerException("cannot read /proc", "mount it, or use a JMX address or a saved report", e);
        }
    }

    static LocalProcess of(long pid, Path proc, int ownUid) {
        return new LocalProcess(pid, proc, ownUid);
    }

    /** The user id of the owner of a file. */
    static int uid(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid");
    }

    long pid() {
        return pid;
    }

    /** Its folder in procfs. */
    Path folder() {
        return folder;
    }

    /** Its name in messages. */
    String name() {
        return "JVM " + pid;
    }

    boolean exists() {
        return Files.isDirectory(folder);
    }

    /** The id of the user that it runs as. */
    int owner() throws IOException {
        return uid(folder);
    }

    /** Returns whether it runs as the user of the viewer. */
    boolean isOurs() throws IOException {
        return owner() == ownUid;
    }

    /** Returns whether the viewer may attach to it: root may attach to every process. */
    boolean isPermitted() throws IOException {
        return ownUid == 0 || isOurs();
    }

    ProcStatus status() throws CannotAnswerException {
        try {
            return ProcStatus.read(folder);
        } catch (IOException e) {
            throw cannotInspect(e);
        }
    }

    List<String> arguments() throws IOException {
        return List.of(Files.readString(folder.resolve("cmdline"), ISO_8859_1).split("\0"));
    }

    /** Returns whether the process shows signs of an agent of Sockblame. */
    boolean carriesAgent() {
        try {
            return AgentDetector.isPresent(arguments()) || AgentDetector.isPresent(folder);
        } catch (IOException e) {
            return false;
        }
    }

    /** Our path of the file that has this path in the mount namespace of the process. */
    Path pathInside(Path file) {
        return folder.resolve("root").resolve(Path.of("/").relativize(file.toAbsolutePath()));
    }

    /** Returns whether the process sees a file at this path; a process in a container may not. */
    boolean canSee(Path file) {
        return Files.exists(pathInside(file));
    }

    /** Returns whether this path is certainly the same file for the process and for the viewer. */
    boolean sharesPath(Path file) {
        try {
            return Files.isSameFile(file, pathInside(file));
        } catch (IOException e) {
            return false;
        }
    }

    CannotAnswerException cannotInspect(Exception e) {
        return new CannotAnswerException(
                "cannot inspect process " + pid + " (" + CannotAnswerException.reason(e) + ")",
                "check with sockblame ps whether it still runs",
                e);
    }
}
