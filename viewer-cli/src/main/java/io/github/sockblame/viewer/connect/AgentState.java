// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.util.Objects.requireNonNull;

import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The state that an agent publishes in the system properties of its JVM.
 *
 * @param version its version
 * @param status {@code watching}, or {@code failed: ...} with one line why
 */
public record AgentState(String version, String status) {

    private static final String VERSION = "io.github.sockblame.version";
    private static final String STATUS = "io.github.sockblame.status";

    public AgentState {
        requireNonNull(version, "version");
        requireNonNull(status, "status");
    }

    /** The state in these properties; null if there is no agent. */
    static @Nullable AgentState of(Properties properties) {
        String version = properties.getProperty(VERSION);
        return version == null ? null : new AgentState(version, properties.getProperty(STATUS, "status unknown"));
    }

    /** Returns whether the agent disabled itself; the status has the reason. */
    public boolean hasFailed() {
        return status.startsWith("failed");
    }

    void checkWatching(long pid) throws CannotAnswerException {
        if (hasFailed()) {
            throw new CannotAnswerException(
                    "agent " + version + " in JVM " + pid + " has " + status, "see the standard error of that JVM");
        }
    }
}
