// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.report.FileStat;
import io.github.sockblame.report.ProcessStart;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A process of this machine, as procfs shows it. */
final class LocalProcess {

    private static final Path PROC = Path.of("/proc");

    /** The folder of the JDK's attach, whatever {@code java.io.tmpdir} is. */
    private static final Path TMP = Path.of("/tmp");

    private static final String NETWORK = "ns/net";

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

    /** The JVMs that procfs shows besides these; none without procfs. */
    static List<Jvm> otherJvms(Set<Long> known) {
        try {
            return new ProcfsJvms(PROC, uid(PROC.resolve("self"))).listWithout(known);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** One line about JVMs of other users, see {@link OtherUsers}. */
    static @Nullable String otherUsers() {
        try {
            return OtherUsers.note(PROC, uid(PROC.resolve("self")));
        } catch (IOException e) {
            return null;
        }
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

    /**
     * Returns whether procfs may hide it: then it has no folder here, as if it did not exist. The option hidepid of procfs
     * hides the processes of other users (proc(5)).
     */
    boolean mayBeHidden() {
        return !isViewedByRoot() && !exists() && HiddenProcesses.areHiddenIn(folder.resolveSibling("self/mounts"));
    }

    /** The id of the user that it runs as. */
    int owner() throws IOException {
        return uid(folder);
    }

    /** The user that it runs as. */
    UserPrincipal user() throws IOException {
        return Files.getOwner(folder);
    }

    /** Returns whether the viewer runs as root. */
    boolean isViewedByRoot() {
        return ownUid == 0;
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
        return List.of(new String(Files.readAllBytes(folder.resolve("cmdline")), UTF_8).split("\0", -1));
    }

    /**
     * Returns whether it is a HotSpot JVM: it has mapped the library of one. If its maps are unreadable, its performance data is the sign.
     *
     * <p>A program of another kind may catch SIGQUIT as well, and end by it, as programs in Go do.
     */
    boolean isJvm() {
        try {
            return JvmSigns.hasLibrary(folder);
        } catch (IOException e) {
            return JvmSigns.hasPerformanceData(tmp(), folder);
        }
    }

    /** Returns whether the viewer may list its open files. Those of a program that was started with capabilities belong to root. */
    boolean showsOpenFiles() {
        return Files.isReadable(folder.resolve("fd"));
    }

    /** Its {@code /tmp}, as the viewer sees it. */
    Path tmp() {
        return pathInside(TMP);
    }

    /**
     * Returns whether it may be an attachable JVM: it exists, it catches SIGQUIT, and it has mapped the library of one, as
     * far as its maps are readable.
     */
    boolean mayBeJvm() {
        try {
            if (!ProcStatus.read(folder).catchesQuit()) {
                return false;
            }
        } catch (IOException e) {
            return false;
        }
        try {
            return JvmSigns.hasLibrary(folder);
        } catch (IOException e) {
            return true;
        }
    }

    /** Returns whether its {@code /tmp} is certainly not ours. */
    boolean hasOwnTmp() {
        return canSee(TMP) && !sharesPath(TMP);
    }

    /** Returns whether the socket of its attach mechanism exists, so that an attach sends no SIGQUIT. */
    boolean hasAttachSocket() throws CannotAnswerException {
        return canSee(TMP.resolve(".java_pid" + status().innermostPid()));
    }

    /** Returns whether this text of an agent names this process, in any of its PID namespaces. */
    boolean isProcess(ProcessStart start) {
        try {
            long ticks = ProcessStart.read(folder.resolve("stat").toString()).ticks();
            return ticks == start.ticks() && ProcStatus.read(folder).pids().contains(start.pid());
        } catch (IOException e) {
            return carriesAgent();
        }
    }

    /** Returns whether it is in the network namespace of the viewer, or whether that is unknown. */
    boolean sharesNetwork() {
        try {
            Path ours = Files.readSymbolicLink(folder.resolveSibling("self").resolve(NETWORK));
            return Files.readSymbolicLink(folder.resolve(NETWORK)).equals(ours);
        } catch (IOException e) {
            return true;
        }
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

    /**
     * Returns whether the process has the same file at this path, through the same folders and no link.
     *
     * <p>If the viewer may not look into the process, the answer is true: then the JDK, too, can attach only by the viewer's own {@code
     * /tmp}, so the process has that one.
     *
     * @param file a real path, without links
     */
    boolean opensSameFile(Path file) throws IOException {
        try {
            for (Path each = file; each.getParent() != null; each = each.getParent()) {
                FileStat inside = FileStat.of(pathInside(each), LinkOption.NOFOLLOW_LINKS);
                if (!inside.key()
                        .equals(FileStat.of(each, LinkOption.NOFOLLOW_LINKS).key())) {
                    return false;
                }
            }
            return true;
        } catch (AccessDeniedException e) {
            return !Files.isReadable(folder.resolve("root"));
        } catch (NoSuchFileException | NotDirectoryException e) {
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
