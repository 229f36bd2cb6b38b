// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import io.github.sockblame.report.Program;
import io.github.sockblame.report.RequestFile;
import io.github.sockblame.report.SockblameMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import javax.management.remote.JMXServiceURL;

/** A JVM of this machine, reached by its process id. */
public final class LocalJvm implements Target {

    /** Three times what the JDK itself waits for a JVM to open its attach socket. */
    private static final Duration ATTACH_TIMEOUT = Duration.ofSeconds(30);

    /** The tolerance between two readings of the start time of a process. */
    private static final Duration START_TIME_TOLERANCE = Duration.ofSeconds(3);

    private final long pid;
    private final BundledAgent bundledAgent;
    private final Consumer<String> notices;

    /** A JVM without notices about requests. */
    public LocalJvm(long pid, BundledAgent bundledAgent) {
        this(pid, bundledAgent, notice -> {});
    }

    /**
     * The JVM with this process id.
     *
     * @param notices receives one line for each unusual way of a request
     */
    LocalJvm(long pid, BundledAgent bundledAgent, Consumer<String> notices) {
        this.pid = pid;
        this.bundledAgent = bundledAgent;
        this.notices = notices;
    }

    /**
     * The result of an attach.
     *
     * @param version the version of the agent that is in the JVM now
     * @param hookStatus the status of its hooks
     * @param wasThere whether the JVM had an agent before
     */
    public record Attached(String version, String hookStatus, boolean wasThere) {}

    /** Puts the agent into the JVM. An existing agent stays, with its own options. */
    public Attached attach(String options) throws CannotAnswerException {
        new AttachPreconditions(LocalProcess.of(pid)).check();
        Path jar = bundledAgent.extract();
        boolean wasThere = Deadline.within(ATTACH_TIMEOUT, name(), () -> {
            try (AttachedJvm jvm = AttachedJvm.attach(pid)) {
                if (jvm.agent() != null) {
                    return true;
                }
                jvm.load(jar, options);
                if (jvm.agent() == null) {
                    throw new CannotAnswerException(
                            "the agent in " + name() + " disabled itself", "see the standard error of that JVM");
                }
                return false;
            }
        });
        return call(bean -> new Attached(bean.getVersion(), bean.getHookStatus(), wasThere));
    }

    @Override
    public FetchedReport read() throws CannotAnswerException {
        return read(AgentCall::report);
    }

    @Override
    public FetchedReport readSummary() throws CannotAnswerException {
        return read(AgentCall::summary);
    }

    private FetchedReport read(AgentCall<FetchedReport> call) throws CannotAnswerException {
        FetchedReport.prepare();
        LocalProcess process = LocalProcess.of(pid);
        AttachPreconditions preconditions = new AttachPreconditions(process);
        preconditions.checkPermission();
        AttachObstacle obstacle = preconditions.lowDescriptors();
        if (obstacle != null) {
            return readByFile(process, obstacle.wrong());
        }
        obstacle = preconditions.obstacle();
        if (obstacle != null && process.carriesAgent()) {
            return readByFile(process, obstacle.wrong());
        }
        preconditions.check();
        try {
            return call(call);
        } catch (CannotAttachException e) {
            if (!process.carriesAgent() || process.status().isStopped()) {
                throw e;
            }
            return readByFile(process, e.wrong());
        } catch (CannotAnswerException e) {
            obstacle = preconditions.lowDescriptors(); // the last descriptors were used up during the request
            if (obstacle == null) {
                throw e;
            }
            return readByFile(process, obstacle.wrong());
        }
    }

    private FetchedReport readByFile(LocalProcess process, String why) throws CannotAnswerException {
        FileRequest request = FileRequest.to(process);
        notices.accept(why + ": using the request file " + request.file());
        FetchedReport fetchedReport = request.fetch();
        Instant started =
                ProcessHandle.of(pid).flatMap(jvm -> jvm.info().startInstant()).orElse(null);
        if (started != null && !startedAt(fetchedReport.report().program(), started)) {
            throw new CannotAnswerException(
                    "another JVM answered the request file " + request.file()
                            + ", one with the same process id in a container and the same " + RequestFile.FOLDER,
                    "run sockblame in the container of " + name());
        }
        return fetchedReport;
    }

    /** Returns whether a program started at this time, within the precision of both: the kernel counts hundredths of a second from a boot time in seconds. */
    static boolean startedAt(Program program, Instant started) {
        boolean known = !program.startedAt().equals(program.watchedSince()); // else the agent used its own start
        return !known || Duration.between(program.startedAt(), started).abs().compareTo(START_TIME_TOLERANCE) <= 0;
    }

    @Override
    public String watch(int site, boolean on) throws CannotAnswerException {
        new AttachPreconditions(LocalProcess.of(pid)).check();
        return call(AgentCall.watch(site, on));
    }

    @Override
    public String detach() throws CannotAnswerException {
        new AttachPreconditions(LocalProcess.of(pid)).check();
        return call(SockblameMXBean::detach);
    }

    @Override
    public boolean isLive() {
        return true;
    }

    /**
     * Sends a request to the agent. If its MXBean is not registered yet, it loads the agent again, which registers it.
     *
     * <p>A JDK of 21 or later prints a warning to the standard error of the program when an agent is loaded. So that is the second choice.
     */
    private <T> T call(AgentCall<T> call) throws CannotAnswerException {
        JmxTarget jmx = jmxTarget();
        T answer = jmx.callIfPresent(call);
        if (answer != null) {
            return answer;
        }
        Path jar = bundledAgent.extract();
        Deadline.within(ATTACH_TIMEOUT, name(), () -> {
            try (AttachedJvm jvm = AttachedJvm.attach(pid)) {
                jvm.load(jar, "");
                return true;
            }
        });
        return jmx.call(call);
    }

    @Override
    public TargetConnection connect() throws CannotAnswerException {
        new AttachPreconditions(LocalProcess.of(pid)).check();
        return jmxTarget().connect();
    }

    /** The JMX server of the JVM itself. */
    private JmxTarget jmxTarget() throws CannotAnswerException {
        return new JmxTarget(Deadline.within(ATTACH_TIMEOUT, name(), this::managementAddress), name(), null);
    }

    private JMXServiceURL managementAddress() throws CannotAnswerException {
        try (AttachedJvm jvm = AttachedJvm.attach(pid)) {
            AgentState agent = jvm.agent();
            if (agent == null) {
                throw new CannotAnswerException(name() + " has no Sockblame agent", "run sockblame attach " + pid);
            }
            agent.checkWatching(pid);
            return jvm.managementAddress();
        }
    }

    private String name() {
        return "JVM " + pid;
    }
}
