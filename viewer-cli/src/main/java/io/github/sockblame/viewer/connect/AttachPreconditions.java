// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/**
 * The checks before an attach.
 *
 * <p>They must come first: to attach, the JDK sends SIGQUIT, which kills every process except a JVM.
 */
final class AttachPreconditions {

    static final String SEE_PS = "sockblame ps lists the JVMs of this machine";

    private final LocalProcess process;

    AttachPreconditions(LocalProcess process) {
        this.process = process;
    }

    /** Checks everything that is checkable before an attach. */
    void check() throws CannotAnswerException {
        AttachModule.check();
        checkPermission();
        AttachObstacle obstacle = obstacle();
        if (obstacle != null) {
            throw obstacle.toException();
        }
    }

    /** Checks that the process exists and that the viewer may attach to it. */
    void checkPermission() throws CannotAnswerException {
        long pid = process.pid();
        try {
            if (!process.exists()) {
                throw new CannotAnswerException("no process " + pid, SEE_PS + ContainerHints.sameIdInside(process));
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

    /** The obstacle to an attach; null if there seems to be none. */
    @Nullable AttachObstacle obstacle() throws CannotAnswerException {
        try {
            if (!process.status().catchesQuit()) {
                return new AttachObstacle("process " + process.pid() + " is not an attachable JVM", SEE_PS);
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
