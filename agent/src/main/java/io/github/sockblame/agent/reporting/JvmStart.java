// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.reporting;

import io.github.sockblame.report.ProcessStart;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * When this JVM started. The JDK reads the start out of {@code /proc/PID}. In a PID namespace that sees the {@code /proc}
 * of another one, that is the start of another process.
 */
final class JvmStart {

    /** The kernel's USER_HZ, the same on each architecture of HotSpot under Linux. */
    private static final int MILLIS_PER_TICK = 10;

    private static final String BOOT_TIME = "btime ";

    private JvmStart() {}

    /**
     * Reads the start.
     *
     * @param self this process, as the JDK sees it
     * @param proc the folder of procfs
     * @return empty if it cannot be read
     */
    static Optional<Instant> instant(ProcessHandle self, String proc) {
        try {
            ProcessStart start = ProcessStart.read(proc + "/self/stat");
            return start.pid() == self.pid()
                    ? self.info().startInstant()
                    : Optional.of(Instant.ofEpochMilli(bootMillis(proc) + start.ticks() * MILLIS_PER_TICK));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long bootMillis(String proc) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new FileInputStream(proc + "/stat"), StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(BOOT_TIME)) {
                    return Long.parseLong(line.substring(BOOT_TIME.length()).strip()) * 1000;
                }
            }
        } catch (NumberFormatException e) {
            throw new IOException(e);
        }
        throw new IOException("no time of the boot in " + proc + "/stat");
    }
}
