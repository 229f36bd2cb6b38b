// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.nio.file.Path;
import java.time.Duration;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/** A JVM of this machine, reached by its process id. */
public final class LocalJvm implements Target {

    /** Three times what the JDK itself waits for a JVM to open its attach socket. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final long pid;
    private final CarriedAgent carried;

    public LocalJvm(long pid, CarriedAgent carried) {
        this.pid = pid;
        this.carried = carried;
    }

    /**
     * What became of an attach.
     *
     * @param version the version of the agent that is in the JVM now
     * @param hookStatus what it says of its hooks
     * @param wasThere whether it was there before
     */
    public record Attached(String version, String hookStatus, boolean wasThere) {}

    /**
     * Where the agent can be asked.
     *
     * @param address the local JMX connector
     * @param asleep why the agent could not be told to register, if it could not; it may have done so by itself
     */
    private record Awake(JMXServiceURL address, @Nullable CannotAnswerException asleep) {}

    /** Puts the agent into the JVM. One that is there already stays as it is, with its own options. */
    public Attached attach(String options) throws CannotAnswerException {
        LocalProcess.of(pid).checkAttachable();
        Path jar = carried.place();
        boolean wasThere = Deadline.within(PATIENCE, name(), () -> {
            try (AttachedJvm jvm = AttachedJvm.attach(pid)) {
                AgentState before = jvm.agent();
                if (before == null) {
                    jvm.load(jar, options);
                }
                return before != null;
            }
        });
        return ask(bean -> new Attached(bean.getVersion(), bean.getHookStatus(), wasThere));
    }

    @Override
    public Reading read() throws CannotAnswerException {
        LocalProcess.of(pid).checkAttachable();
        return ask(JmxAddress::readReport);
    }

    @Override
    public boolean isLive() {
        return true;
    }

    private <T> T ask(JmxAddress.Question<T> question) throws CannotAnswerException {
        Awake awake = Deadline.within(PATIENCE, name(), this::wake);
        try {
            return new JmxAddress(awake.address(), name()).ask(question);
        } catch (CannotAnswerException e) {
            if (awake.asleep() == null) {
                throw e;
            }
            awake.asleep().addSuppressed(e);
            throw awake.asleep();
        }
    }

    /** Sees to it that the agent has registered its MXBean, which it does lazily, and that JMX can be reached. */
    private Awake wake() throws CannotAnswerException {
        try (AttachedJvm jvm = AttachedJvm.attach(pid)) {
            AgentState agent = jvm.agent();
            if (agent == null) {
                throw new CannotAnswerException(name() + " has no Sockblame agent in it", "sockblame attach " + pid);
            }
            agent.checkWatching(pid);
            CannotAnswerException asleep = null;
            try {
                jvm.load(carried.place(), "");
            } catch (CannotAnswerException e) {
                // A JVM with -XX:-EnableDynamicAgentLoading takes agents from its command line alone.
                asleep = e;
            }
            return new Awake(jvm.managementAddress(), asleep);
        }
    }

    private String name() {
        return "JVM " + pid;
    }
}
