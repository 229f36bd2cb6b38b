// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.util.Objects.requireNonNull;

import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says of itself in the system properties of its JVM.
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

    /** The state told by these properties; null if there is no agent. */
    static @Nullable AgentState of(Properties properties) {
        String version = properties.getProperty(VERSION);
        return version == null ? null : new AgentState(version, properties.getProperty(STATUS, "status unknown"));
    }

    /** Whether the agent stepped aside, and why is in the status. */
    public boolean hasFailed() {
        return status.startsWith("failed");
    }

    void checkWatching(long pid) throws CannotAnswerException {
        if (hasFailed()) {
            throw new CannotAnswerException(
                    "agent " + version + " in JVM " + pid + " has " + status,
                    "the standard error of that JVM may tell more");
        }
    }
}
