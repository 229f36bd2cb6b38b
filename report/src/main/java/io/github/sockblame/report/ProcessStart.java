// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Identifies a process of this machine: its id and the time of its start, in clock ticks since the boot. Ids are used again, and pairs of both are not.
 *
 * @param pid in the namespace of the procfs that it was read from
 * @param ticks field 22 of proc_pid_stat(5)
 */
public record ProcessStart(long pid, long ticks) {

    /** The system property in which an agent publishes that of its JVM, so that a JVM which inherits its properties is not taken for it. */
    public static final String PROPERTY = "io.github.sockblame.process";

    /** More than the kernel writes. */
    private static final int MAX_BYTES = 2048;

    /** The position of the start time in the fields that follow the name, which is in brackets and may contain any character. */
    private static final int TICKS = 19;

    /**
     * Reads it.
     *
     * @param file {@code /proc/PID/stat}
     * @throws IOException if the file cannot be read, or has other fields
     */
    public static ProcessStart read(String file) throws IOException {
        String stat;
        // no java.nio.file: an agent reads this before the program's first class
        try (InputStream in = new FileInputStream(file)) {
            stat = new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
        }
        int name = stat.indexOf(' ');
        int end = stat.lastIndexOf(')');
        String[] fields = end < 0
                ? new String[0]
                : stat.substring(Math.min(stat.length(), end + 2)).split(" ", -1);
        if (name < 0 || fields.length <= TICKS) {
            throw new IOException("unknown fields in " + file);
        }
        try {
            return new ProcessStart(Long.parseLong(stat.substring(0, name)), Long.parseLong(fields[TICKS]));
        } catch (NumberFormatException e) {
            throw new IOException("unknown fields in " + file, e);
        }
    }

    /** Reads the text of an agent; it equals none if it is not of this form. */
    public static ProcessStart parse(String text) {
        int space = text.indexOf(' ');
        try {
            return new ProcessStart(
                    Long.parseLong(text.substring(0, Math.max(0, space))), Long.parseLong(text.substring(space + 1)));
        } catch (NumberFormatException e) {
            return new ProcessStart(-1, -1);
        }
    }

    /** The text in the system property: both numbers. */
    public String text() {
        return pid + " " + ticks;
    }
}
