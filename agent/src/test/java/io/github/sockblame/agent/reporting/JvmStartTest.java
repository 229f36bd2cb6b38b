// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmStartTest {

    private static final long BOOT = 1_700_000_000L;

    private final ProcessHandle self = ProcessHandle.current();

    @TempDir
    Path proc;

    @BeforeEach
    void boot() throws IOException {
        Files.createDirectory(proc.resolve("self"));
        Files.writeString(proc.resolve("stat"), "cpu 1 2 3\nbtime " + BOOT + "\nprocesses 7\n");
    }

    @Test
    void numberOfOurNamespaceIsTheJdksToRead() throws IOException {
        processIs(self.pid(), 12_345);

        assertThat(start()).isEqualTo(self.info().startInstant().orElseThrow());
    }

    /** As after {@code unshare --pid} without a new /proc: there /proc/1 is the first process of the machine. */
    @Test
    void numberOfAnotherNamespaceIsReadByItsOwnFile() throws IOException {
        processIs(self.pid() + 1, 12_345);

        assertThat(start()).isEqualTo(Instant.ofEpochMilli(BOOT * 1000 + 123_450));
    }

    @Test
    void unreadableFilesLeaveItUnknown() throws IOException {
        assertThat(JvmStart.instant(self, proc.toString())).as("no self/stat").isEmpty();
        processIs(self.pid() + 1, 12_345);
        for (String stat : new String[] {"btime x\n", "cpu 1 2 3\n"}) {
            Files.writeString(proc.resolve("stat"), stat);
            assertThat(JvmStart.instant(self, proc.toString())).as(stat).isEmpty();
        }
    }

    private Instant start() {
        return JvmStart.instant(self, proc.toString()).orElseThrow();
    }

    private void processIs(long pid, long ticks) throws IOException {
        Files.writeString(
                proc.resolve("self/stat"),
                pid + " (java) S 0 1 1 0 -1 4194304 1 0 0 0 1 2 0 0 20 0 17 0 " + ticks + " 1 2 3\n");
    }
}
