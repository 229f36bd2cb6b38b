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
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** By how much two looks at the start of a process may differ. */
    private static final Duration CLOCKS = Duration.ofSeconds(3);

    private final long pid;
    private final BundledAgent carried;
    private final Consumer<String> notices;

    /** One that is asked in no unusual way, or without a word. */
    public LocalJvm(long pid, BundledAgent carried) {
        this(pid, carried, notice -> {});
    }

    /**
     * One of this process id.
     *
     * @param notices takes what the user should know of how it is asked, one line each
     */
    LocalJvm(long pid, BundledAgent carried, Consumer<String> notices) {
        this.pid = pid;
        this.carried = carried;
        this.notices = notices;
    }

    /**
     * What became of an attach.
     *
     * @param version the version of the agent that is in the JVM now
     * @param hookStatus what it says of its hooks
     * @param wasThere whether it was there before
     */
    public record Attached(String version, String hookStatus, boolean wasThere) {}

    /** Puts the agent into the JVM. One that is there already stays as it is, with its own options. */
    public Attached attach(String options) throws CannotAnswerException {
        LocalProcess.of(pid).checkAttachable();
        Path jar = carried.extract();
        boolean wasThere = Deadline.within(PATIENCE, name(), () -> {
            try (AttachedJvm jvm = AttachedJvm.attach(pid)) {
                if (jvm.agent() != null) {
                    return true;
                }
                jvm.load(jar, options);
                if (jvm.agent() == null) {
                    throw new CannotAnswerException(
                            "the agent stepped aside in " + name(), "the standard error of that JVM tells why");
                }
                return false;
            }
        });
        return ask(bean -> new Attached(bean.getVersion(), bean.getHookStatus(), wasThere));
    }

    @Override
    public FetchedReport read() throws CannotAnswerException {
        return read(JmxAddress::readReport);
    }

    @Override
    public FetchedReport readSummary() throws CannotAnswerException {
        return read(JmxAddress::readSummary);
    }

    private FetchedReport read(JmxAddress.Question<FetchedReport> question) throws CannotAnswerException {
        FetchedReport.prepare();
        LocalProcess process = LocalProcess.of(pid);
        process.checkPermission();
        AttachObstacle attachObstacle = process.lowDescriptors();
        if (attachObstacle != null) {
            return readByFile(process, attachObstacle.wrong());
        }
        attachObstacle = process.obstacle();
        if (attachObstacle != null && process.carriesAgent()) {
            return readByFile(process, attachObstacle.wrong());
        }
        process.checkAttachable();
        try {
            return ask(question);
        } catch (CannotAttachException e) {
            if (!process.carriesAgent() || process.isStopped()) {
                throw e;
            }
            return readByFile(process, e.wrong());
        } catch (CannotAnswerException e) {
            attachObstacle = process.lowDescriptors(); // the last ones went while we asked
            if (attachObstacle == null) {
                throw e;
            }
            return readByFile(process, attachObstacle.wrong());
        }
    }

    private FetchedReport readByFile(LocalProcess process, String why) throws CannotAnswerException {
        FileRequest request = FileRequest.to(process);
        notices.accept(why + ": it is asked by the file " + request.file());
        FetchedReport fetchedReport = request.ask();
        Instant started =
                ProcessHandle.of(pid).flatMap(jvm -> jvm.info().startInstant()).orElse(null);
        if (started != null && !startedAt(fetchedReport.report().program(), started)) {
            throw new CannotAnswerException(
                    "another JVM answered the file " + request.file()
                            + ", which has the same process id in a container and the same " + RequestFile.FOLDER,
                    "run sockblame in the container of " + name());
        }
        return fetchedReport;
    }

    /** Whether a program began at this time, as far as both can be known: the kernel counts in hundredths from a boot time in seconds. */
    static boolean startedAt(Program program, Instant started) {
        boolean known = !program.startedAt().equals(program.watchedSince()); // else the agent took that for it
        return !known || Duration.between(program.startedAt(), started).abs().compareTo(CLOCKS) <= 0;
    }

    @Override
    public String watch(int site, boolean on) throws CannotAnswerException {
        LocalProcess.of(pid).checkAttachable();
        return ask(agent -> JmxAddress.watch(agent, site, on));
    }

    @Override
    public String detach() throws CannotAnswerException {
        LocalProcess.of(pid).checkAttachable();
        return ask(SockblameMXBean::detach);
    }

    @Override
    public boolean isLive() {
        return true;
    }

    /**
     * Asks the agent, and wakes it if its MXBean is not there yet, for it registers lazily.
     *
     * <p>Waking means loading it once more, at which a JDK of 21 or later prints a warning into the program's standard error.
     * So it is done only if it must be.
     */
    private <T> T ask(JmxAddress.Question<T> question) throws CannotAnswerException {
        JmxAddress address = new JmxAddress(Deadline.within(PATIENCE, name(), this::managementAddress), name(), null);
        T answer = address.askIfThere(question);
        if (answer != null) {
            return answer;
        }
        Path jar = carried.extract();
        Deadline.within(PATIENCE, name(), () -> {
            try (AttachedJvm jvm = AttachedJvm.attach(pid)) {
                jvm.load(jar, "");
                return true;
            }
        });
        return address.ask(question);
    }

    /** Where its own JMX server answers. */
    JmxAddress address() throws CannotAnswerException {
        LocalProcess.of(pid).checkAttachable();
        return new JmxAddress(Deadline.within(PATIENCE, name(), this::managementAddress), name(), null);
    }

    private JMXServiceURL managementAddress() throws CannotAnswerException {
        try (AttachedJvm jvm = AttachedJvm.attach(pid)) {
            AgentState agent = jvm.agent();
            if (agent == null) {
                throw new CannotAnswerException(name() + " has no Sockblame agent in it", "sockblame attach " + pid);
            }
            agent.checkWatching(pid);
            return jvm.managementAddress();
        }
    }

    private String name() {
        return "JVM " + pid;
    }
}
