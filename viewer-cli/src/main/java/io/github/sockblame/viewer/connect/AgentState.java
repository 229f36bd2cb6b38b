// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.report.ProcessStart;
import io.github.sockblame.report.RequestFile;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The state that an agent publishes in the system properties of its JVM.
 *
 * @param version its version
 * @param status {@code watching}, {@code watching without file requests}, {@code watching without JMX: ...}, {@code detaching}, {@code failed: ...} with one line why, or {@code unknown: ...}
 */
public record AgentState(String version, String status) {

    private static final String VERSION = "io.github.sockblame.version";
    private static final String STATUS = "io.github.sockblame.status";
    private static final String HEAP = "io.github.sockblame.heap";
    private static final String DETACHING = "detaching";

    public AgentState {
        requireNonNull(version, "version");
        requireNonNull(status, "status");
    }

    /**
     * The state in these properties of a process; null if there is no agent. A JVM may have inherited them from a launcher or a build tool that
     * hands on its own: then they name another process. Agents before 1.0 name none; those show other signs.
     */
    static @Nullable AgentState of(Properties properties, LocalProcess process) {
        String version = properties.getProperty(VERSION);
        String start = properties.getProperty(ProcessStart.PROPERTY);
        boolean ofThis = start == null ? process.carriesAgent() : process.isProcess(ProcessStart.parse(start));
        return version == null || !ofThis
                ? null
                : new AgentState(version, properties.getProperty(STATUS, "status unknown"));
    }

    /**
     * Why the heap of a JVM with these properties has no room for JMX, or for an agent, in one line; null if it has, or if
     * no agent was loaded that checks it.
     */
    static @Nullable String heapObstacle(Properties properties) {
        return properties.getProperty(HEAP);
    }

    /** The state of an agent whose system properties were not read, because that takes a signal to the JVM. */
    static AgentState unknown(String version) {
        return new AgentState(version, "unknown: ps sends no signal to a JVM");
    }

    /** Returns whether the agent disabled itself; the status has the reason. */
    public boolean hasFailed() {
        return status.startsWith("failed");
    }

    /** Returns whether a request by file has a chance of an answer. */
    boolean answersFileRequests() {
        return !status.contains(RequestFile.UNANSWERED);
    }

    void checkWatching(long pid) throws CannotAnswerException {
        if (hasFailed()) {
            throw new CannotAnswerException(
                    "agent " + version + " in JVM " + pid + " has " + status, "see the standard error of that JVM");
        }
        if (status.equals(DETACHING)) {
            throw new CannotAnswerException(
                    "agent " + version + " in JVM " + pid + " is being detached", "try again when that has ended");
        }
    }
}
