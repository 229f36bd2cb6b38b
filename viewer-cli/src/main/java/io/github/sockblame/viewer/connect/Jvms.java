// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
     * @param problem why the state of the agent was not read; null if it was
     * @param obstacle why the viewer cannot attach to a JVM without an agent; null if the viewer found no reason
     */
    public record JvmStatus(
            Jvm jvm,
            @Nullable AgentState agent,
            @Nullable String problem,
            @Nullable String obstacle) {

        private static JvmStatus of(Jvm jvm, @Nullable AgentState agent) {
            return new JvmStatus(jvm, agent, null, null);
        }

        private static JvmStatus unknown(Jvm jvm, String problem) {
            return new JvmStatus(jvm, null, problem, null);
        }
    }

    /** The JVMs by process id, without the viewer itself. */
    public static List<Jvm> list() throws CannotAnswerException {
        JdkModule.ATTACH.check();
        List<Jvm> jvms = new ArrayList<>();
        Set<Long> known = new HashSet<>();
        known.add(ProcessHandle.current().pid());
        for (Jvm jvm : AttachedJvm.list()) {
            // The files of a killed JVM stay in the temporary folder until the next JVM starts, and those of a JVM in a
            // PID namespace that shares our /tmp are there under its number inside.
            if (LocalProcess.of(jvm.pid()).mayBeJvm()) {
                jvms.add(jvm);
                known.add(jvm.pid());
            }
        }
        jvms.addAll(LocalProcess.otherJvms(known));
        jvms.sort(Comparator.comparingLong(Jvm::pid));
        return jvms;
    }

    /**
     * The JVMs and their agents. It attaches only to JVMs with an agent whose attach mechanism is active, because the start of that mechanism takes a
     * signal. Of other JVMs it reads the version out of the agent's jar.
     */
    public static List<JvmStatus> statuses() throws CannotAnswerException {
        List<JvmStatus> statuses = new ArrayList<>();
        for (Jvm jvm : list()) {
            statuses.add(status(jvm));
        }
        return statuses;
    }

    /** One line about JVMs of other users that are not in the list; null if there are none. */
    public static @Nullable String otherUsers() {
        return LocalProcess.otherUsers();
    }

    private static JvmStatus status(Jvm jvm) {
        try {
            LocalProcess process = LocalProcess.of(jvm.pid());
            AttachPreconditions preconditions = new AttachPreconditions(process);
            if (!process.carriesAgent()) {
                return withoutAgent(jvm, process, preconditions);
            }
            preconditions.check();
            return Deadline.within(STATUS_TIMEOUT, "JVM " + jvm.pid(), () -> {
                if (!process.hasAttachSocket()) {
                    return JvmStatus.of(jvm, AgentState.unknown(AgentJarVersion.in(process)));
                }
                try (AttachedJvm attached = AttachedJvm.attach(jvm.pid())) {
                    return JvmStatus.of(jvm, attached.agent());
                }
            });
        } catch (CannotAnswerException e) {
            return JvmStatus.unknown(jvm, String.valueOf(e.getMessage()));
        }
    }

    /** The state of a JVM that shows no sign of an agent. An agent may be unseen if the viewer has no right to see the signs. */
    static JvmStatus withoutAgent(Jvm jvm, LocalProcess process, AttachPreconditions preconditions) {
        if (process.exists() && !process.showsOpenFiles()) {
            return JvmStatus.unknown(
                    jvm,
                    "no permission to list the open files of " + process.name()
                            + ", which would show an agent: run sockblame as root");
        }
        try {
            if (process.exists()) {
                preconditions.check();
            }
            return JvmStatus.of(jvm, null);
        } catch (CannotAnswerException e) {
            return new JvmStatus(jvm, null, null, e.getMessage());
        }
    }
}
