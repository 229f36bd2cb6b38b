// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What procfs says of a process before anybody attaches to it. */
final class LocalProcess {

    private static final Path PROC = Path.of("/proc");
    private static final String SEE_PS = "sockblame ps lists the JVMs of this machine";
    private static final int SIGQUIT_BIT = 1 << 2;

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
            throw new CannotAnswerException(
                    "cannot read /proc", "mount it, or name a JMX address or a saved report", e);
        }
    }

    static LocalProcess of(long pid, Path proc, int ownUid) {
        return new LocalProcess(pid, proc, ownUid);
    }

    /** The user id of the owner of a file. */
    static int uid(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid");
    }

    /**
     * Says what would make an attach fail, as far as it can be known before.
     *
     * <p>This must come first: to attach, the JDK sends SIGQUIT, which kills a process that is no JVM.
     */
    void checkAttachable() throws CannotAnswerException {
        AttachModule.check();
        checkPermission();
        AttachObstacle attachObstacle = obstacle();
        if (attachObstacle != null) {
            throw attachObstacle.toException();
        }
    }

    /** Says whether it is there, and we may ask it. */
    void checkPermission() throws CannotAnswerException {
        try {
            if (!exists()) {
                throw new CannotAnswerException("no process " + pid, SEE_PS + inContainers());
            }
            if (ownUid != 0 && !isOurs()) {
                String owner = Files.getOwner(folder).getName();
                boolean known = !owner.matches("[0-9]+"); // of a container's users we know the number alone
                throw new CannotAnswerException(
                        "process " + pid + " belongs to user " + owner,
                        "run sockblame as that user: sudo -u " + (known ? owner : "'#" + owner + "'") + " "
                                + CommandHint.ofThisProcess().text());
            }
        } catch (IOException e) {
            throw cannotBeLookedAt(e);
        }
    }

    /** What is in the way of an attach; null if nothing seems to be. */
    @Nullable AttachObstacle obstacle() throws CannotAnswerException {
        try {
            if (!catchesQuit()) {
                return new AttachObstacle("process " + pid + " is not a JVM that one can attach to", SEE_PS);
            }
            if (arguments().contains("-XX:+DisableAttachMechanism")) {
                return new AttachObstacle(
                        name() + " was started with -XX:+DisableAttachMechanism",
                        "restart it with -javaagent and without that option, or name its JMX address");
            }
            return lowDescriptors();
        } catch (IOException e) {
            throw cannotBeLookedAt(e);
        }
    }

    /** That it has too few descriptors left; null if there are enough. */
    @Nullable AttachObstacle lowDescriptors() {
        DescriptorHeadroom room = DescriptorHeadroom.of(folder);
        return room == null || !room.isTooLittleToAttach()
                ? null
                : new AttachObstacle(
                        name() + " has " + room.text() + ", and an attach takes some",
                        "sockblame leaks, list and report need none; for the rest, some must be free");
    }

    private CannotAnswerException cannotBeLookedAt(Exception e) {
        return new CannotAnswerException(
                "process " + pid + " cannot be looked at (" + CannotAnswerException.reason(e) + ")",
                "it may have ended: see sockblame ps",
                e);
    }

    boolean exists() {
        return Files.isDirectory(folder);
    }

    /** Whether it was halted, as by SIGSTOP or a debugger, and can do nothing (proc_pid_stat(5)). */
    boolean isStopped() throws CannotAnswerException {
        try {
            return status("State:").toLowerCase(Locale.ROOT).startsWith("t");
        } catch (IOException e) {
            throw cannotBeLookedAt(e);
        }
    }

    /** What the user may call it. */
    String name() {
        return "JVM " + pid;
    }

    /** The id of the user that it runs as. */
    int owner() throws IOException {
        return uid(folder);
    }

    /** Whether it runs as the user that we are. */
    boolean isOurs() throws IOException {
        return owner() == ownUid;
    }

    /** Its process id as it knows it itself: that in the innermost namespace, which the kernel tells last (proc_pid_status(5)). */
    long pidInContainer() throws CannotAnswerException {
        try {
            String known = status("NSpid:").replaceFirst(".*\\s", "");
            return known.isEmpty() ? pid : Long.parseLong(known);
        } catch (IOException | NumberFormatException e) {
            throw cannotBeLookedAt(e);
        }
    }

    /** The processes that have this process id in a container of theirs, for whoever copied it out of one; empty if none has. */
    private String inContainers() throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder.resolveSibling("."), "[1-9]*")) {
            for (Path other : folders) {
                if (isInnermost(other)) {
                    found.add(String.valueOf(other.getFileName()));
                }
            }
        }
        return found.isEmpty()
                ? ""
                : "; in a container " + pid + " is what is here process " + String.join(", or ", found);
    }

    private boolean isInnermost(Path other) {
        try {
            return status(other, "NSpid:").matches(".*\\s" + pid);
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    /** What to do if it does not answer an attach: where it lives may be the reason. */
    String adviceIfSilent() throws CannotAnswerException {
        if (isStopped()) {
            return "it is stopped, by SIGSTOP or a debugger: kill -CONT " + pid + " lets it go on";
        }
        long known = pidInContainer();
        if (known != pid) {
            return "it is process " + known
                    + " of a container: run sockblame in there (docker exec, kubectl exec), or " + "nsenter -a -t "
                    + pid + ", or name its JMX address";
        }
        return hasTmpOfItsOwn()
                ? "it has a /tmp of its own, as in a container: run sockblame in there, or nsenter -m -t " + pid
                : "see that it is a running JVM of your own user and not stopped";
    }

    /** Where we find a file that has this name in its own mount namespace. */
    Path pathInside(Path file) {
        return folder.resolve("root").resolve(Path.of("/").relativize(file.toAbsolutePath()));
    }

    /** Whether the process shows an agent of ours. */
    boolean carriesAgent() {
        try {
            return AgentDetector.isPresent(arguments()) || AgentDetector.isPresent(folder);
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the process sees this file under the same path, which one in another container does not. */
    boolean canSee(Path file) {
        return Files.exists(pathInside(file));
    }

    /** Whether its {@code /tmp}, in which the JDK attaches, is known to be another one than ours. */
    boolean hasTmpOfItsOwn() {
        Path tmp = Path.of("/tmp");
        return canSee(tmp) && !sharesPath(tmp);
    }

    /** Whether what it knows by this name is known to be what we know by it. */
    boolean sharesPath(Path file) {
        try {
            return Files.isSameFile(file, pathInside(file));
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> arguments() throws IOException {
        return List.of(Files.readString(folder.resolve("cmdline"), ISO_8859_1).split("\0"));
    }

    private boolean catchesQuit() throws IOException {
        String caught = status("SigCgt:");
        return !caught.isEmpty() && (Long.parseUnsignedLong(caught, 16) & SIGQUIT_BIT) != 0;
    }

    /** What stands behind this name in the status; empty if nothing does. */
    private String status(String name) throws IOException {
        return status(folder, name);
    }

    private static String status(Path folder, String name) throws IOException {
        for (String line : Files.readAllLines(folder.resolve("status"), ISO_8859_1)) {
            if (line.startsWith(name)) {
                return line.substring(name.length()).strip();
            }
        }
        return "";
    }
}
