// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JVMs of this machine that are visible to the viewer. */
public final class Jvms {

    /** Long enough for a busy JVM; short, because a stopped JVM must not block the table. */
    private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(3);

    private Jvms() {}

    /**
     * One JVM and the state of its agent.
     *
     * @param jvm the JVM
     * @param agent its agent; null if there is none or it did not answer
     * @param problem why an existing agent did not answer; null if it did
     */
    public record JvmStatus(
            Jvm jvm, @Nullable AgentState agent, @Nullable String problem) {}

    /** The JVMs by process id, without the viewer itself. */
    public static List<Jvm> list() throws CannotAnswerException {
        AttachModule.check();
        // The files of a killed JVM stay in the temporary folder until the next JVM starts.
        return AttachedJvm.list().stream()
                .filter(jvm -> ProcessHandle.of(jvm.pid()).isPresent())
                .toList();
    }

    /** The JVMs and their agents. It attaches only to JVMs with an agent, because an attach has side effects. */
    public static List<JvmStatus> statuses() throws CannotAnswerException {
        List<JvmStatus> statuses = new ArrayList<>();
        for (Jvm jvm : list()) {
            statuses.add(status(jvm));
        }
        return statuses;
    }

    private static JvmStatus status(Jvm jvm) {
        try {
            LocalProcess process = LocalProcess.of(jvm.pid());
            if (!process.carriesAgent()) {
                return new JvmStatus(jvm, null, null);
            }
            new AttachPreconditions(process).check();
            return Deadline.within(STATUS_TIMEOUT, "JVM " + jvm.pid(), () -> {
                try (AttachedJvm attached = AttachedJvm.attach(jvm.pid())) {
                    return new JvmStatus(jvm, attached.agent(), null);
                }
            });
        } catch (CannotAnswerException e) {
            return new JvmStatus(jvm, null, e.getMessage());
        }
    }
}
