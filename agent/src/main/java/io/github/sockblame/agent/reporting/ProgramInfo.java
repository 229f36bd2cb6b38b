// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.reporting;

import io.github.sockblame.report.Program;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The watched JVM and the version of the agent in it.
 *
 * <p>The start of the process is in a file, so {@link #program} must be called once while a file can be opened. The
 * constructor reads nothing, because it runs while the program loads a class.
 */
public final class ProgramInfo {

    private static final String PROC = "/proc";

    private final String version;
    private final long startedMillis;
    private final boolean attachedLate;
    volatile @Nullable Program program;

    /**
     * Reads nothing yet.
     *
     * @param version of the agent
     * @param startedMillis when the agent started, in milliseconds since the epoch
     * @param attachedLate whether the program was running already
     */
    public ProgramInfo(String version, long startedMillis, boolean attachedLate) {
        this.version = version;
        this.startedMillis = startedMillis;
        this.attachedLate = attachedLate;
    }

    /** Has this program, as if it had been read. */
    public ProgramInfo(String version, Program program) {
        this(version, program.watchedSince().toEpochMilli(), program.attachedLate());
        this.program = program;
    }

    /** The agent's version. */
    public String version() {
        return version;
    }

    /** The watched JVM, the same each time. */
    public Program program() {
        Program known = program;
        if (known == null) {
            known = read();
            program = known;
        }
        return known;
    }

    private Program read() {
        ProcessHandle self = ProcessHandle.current();
        Instant watchedSince = Instant.ofEpochMilli(startedMillis);
        return new Program(
                self.pid(),
                name(System.getProperty("sun.java.command", "")),
                System.getProperty("java.vm.vendor", "unknown vendor") + " "
                        + System.getProperty("java.runtime.version", "unknown version"),
                JvmStart.instant(self, PROC).orElse(watchedSince),
                watchedSince,
                attachedLate);
    }

    /** Main class or the jar's file name, without arguments, which may contain secrets. */
    static String name(String command) {
        int space = command.indexOf(' ');
        String program = space < 0 ? command : command.substring(0, space);
        String last = program.endsWith(".jar") ? program.substring(program.lastIndexOf('/') + 1) : program;
        return last.isEmpty() ? "a Java program" : last;
    }
}
