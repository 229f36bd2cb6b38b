// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The checks before an attach.
 *
 * <p>They must come first: to attach, the JDK sends SIGQUIT. That signal kills most processes that are no JVM. A JVM that the JDK cannot find, because
 * its {@code /tmp} is another one, prints all its threads for each signal.
 */
final class AttachPreconditions {

    static final String SEE_PS = "sockblame ps lists the JVMs of this machine";

    private final LocalProcess process;

    private final Predicate<Path> isWritable;

    AttachPreconditions(LocalProcess process) {
        this(process, Files::isWritable);
    }

    /** For a test, which root runs: every folder is writable for root, except in a read-only file system. */
    AttachPreconditions(LocalProcess process, Predicate<Path> isWritable) {
        this.process = process;
        this.isWritable = isWritable;
    }

    /** Checks everything that is checkable before an attach. */
    void check() throws CannotAnswerException {
        JdkModule.ATTACH.check();
        checkPermission();
        checkRunning();
        AttachObstacle obstacle = obstacle();
        if (obstacle != null) {
            throw obstacle.toException();
        }
        checkTmp();
    }

    /**
     * Checks that the JVM can make a file in its {@code /tmp}: the socket of its attach mechanism, or the answer to a file request. Without the
     * socket, the JDK would wait ten seconds for it.
     */
    void checkTmp() throws CannotAnswerException {
        Path tmp = process.tmp();
        if (Files.isDirectory(tmp) && !isWritable.test(tmp) && process.isJvm() && !process.hasAttachSocket()) {
            throw new CannotAnswerException(
                    "/tmp of " + process.name() + " is not writable, and an attach needs a socket there",
                    "make it writable, or use the JMX address of that JVM");
        }
    }

    /** Checks that the process exists and that the viewer may attach to it. */
    void checkPermission() throws CannotAnswerException {
        long pid = process.pid();
        try {
            if (!process.exists()) {
                throw process.mayBeHidden()
                        ? new CannotAnswerException(
                                "process " + pid
                                        + " does not exist, or belongs to another user: /proc hides those (hidepid)",
                                "run sockblame as the user of that JVM, or as root")
                        : new CannotAnswerException("no process " + pid, SEE_PS + ContainerHints.sameIdInside(process));
            }
            if (!process.isPermitted()) {
                String owner = Files.getOwner(process.folder()).getName();
                boolean named = !owner.matches("[0-9]+"); // users of a container may have only a number here
                throw new CannotAnswerException(
                        "process " + pid + " belongs to user " + owner,
                        "run sockblame as that user: sudo -u " + (named ? owner : "'#" + owner + "'") + " "
                                + CommandHint.ofThisProcess().text());
            }
        } catch (IOException e) {
            throw process.cannotInspect(e);
        }
    }

    /** Checks that the process is not stopped: then it answers in no way. */
    void checkRunning() throws CannotAnswerException {
        if (process.status().isStopped()) {
            throw new CannotAnswerException(
                    "process " + process.pid() + " is stopped", ContainerHints.adviceIfStopped(process.pid()));
        }
    }

    /** The obstacle to an attach; null if there seems to be none. */
    @Nullable AttachObstacle obstacle() throws CannotAnswerException {
        try {
            ProcStatus status = process.status();
            if (!process.isJvm()) {
                return new AttachObstacle("process " + process.pid() + " is not an attachable JVM", SEE_PS);
            }
            if (!status.catchesQuit()) {
                return new AttachObstacle(
                        "process " + process.pid()
                                + " is not an attachable JVM, it does not handle SIGQUIT, as with -Xrs",
                        "restart it with -javaagent, or use its JMX address");
            }
            if (status.innermostPid() == process.pid() && process.hasOwnTmp()) {
                return new AttachObstacle(
                        process.name() + " has its own /tmp, as with PrivateTmp of systemd",
                        ContainerHints.adviceIfOwnTmp(process.pid()));
            }
            if (process.arguments().contains("-XX:+DisableAttachMechanism")) {
                return new AttachObstacle(
                        process.name() + " was started with -XX:+DisableAttachMechanism",
                        "restart it with -javaagent and without that option, or use its JMX address");
            }
            return lowDescriptors();
        } catch (IOException e) {
            throw process.cannotInspect(e);
        }
    }

    /** The obstacle of too few free descriptors; null if there are enough. */
    @Nullable AttachObstacle lowDescriptors() {
        DescriptorHeadroom headroom = DescriptorHeadroom.of(process.folder());
        return headroom == null || !headroom.isTooLittleToAttach()
                ? null
                : new AttachObstacle(
                        process.name() + " has " + headroom.text() + ", too few for an attach",
                        "sockblame leaks, list and report need none; the other verbs need free ones");
    }
}
