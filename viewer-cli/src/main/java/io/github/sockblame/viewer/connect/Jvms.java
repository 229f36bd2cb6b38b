// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JVMs of this machine that can be seen from here. */
public final class Jvms {

    /** Long enough for a busy JVM; the table must not wait for one that is stopped. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private Jvms() {}

    /**
     * One JVM and what could be learnt of an agent in it.
     *
     * @param jvm the JVM
     * @param agent its agent; null if it carries none or did not answer
     * @param problem why it could not be asked, though it carries an agent
     */
    public record JvmStatus(
            Jvm jvm, @Nullable AgentState agent, @Nullable String problem) {}

    /** The JVMs, by process id, without ourselves. */
    public static List<Jvm> list() throws CannotAnswerException {
        AttachModule.check();
        // A JVM that was killed leaves its traces in the temporary folder until the next one starts.
        return AttachedJvm.list().stream()
                .filter(jvm -> ProcessHandle.of(jvm.pid()).isPresent())
                .toList();
    }

    /** The JVMs and their agents. Only those that carry an agent are attached to: attaching is not free of effects. */
    public static List<JvmStatus> look() throws CannotAnswerException {
        List<JvmStatus> seen = new ArrayList<>();
        for (Jvm jvm : list()) {
            seen.add(look(jvm));
        }
        return seen;
    }

    private static JvmStatus look(Jvm jvm) {
        try {
            LocalProcess process = LocalProcess.of(jvm.pid());
            if (!process.carriesAgent()) {
                return new JvmStatus(jvm, null, null);
            }
            process.checkAttachable();
            return Deadline.within(PATIENCE, "JVM " + jvm.pid(), () -> {
                try (AttachedJvm attached = AttachedJvm.attach(jvm.pid())) {
                    return new JvmStatus(jvm, attached.agent(), null);
                }
            });
        } catch (CannotAnswerException e) {
            return new JvmStatus(jvm, null, e.getMessage());
        }
    }
}
