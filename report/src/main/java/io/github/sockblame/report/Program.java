// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The watched JVM.
 *
 * @param pid process id, in the JVM's own PID namespace
 * @param name main class or jar
 * @param javaVersion feature version and vendor string of its Java
 * @param startedAt when the JVM started
 * @param watchedSince when the agent began to watch
 * @param attachedLate whether that was after the program had begun
 */
public record Program(
        long pid, String name, String javaVersion, Instant startedAt, Instant watchedSince, boolean attachedLate) {

    public Program {
        requireNonNull(name, "name");
        requireNonNull(javaVersion, "javaVersion");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(watchedSince, "watchedSince");
    }
}
