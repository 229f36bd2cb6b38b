// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadCpuTimeTest {

    @TempDir
    Path folder;

    @Test
    void isTheFirstNumber() throws IOException {
        Path file = Files.createDirectories(folder.resolve("thread-self")).resolve("schedstat");
        Files.writeString(file, "123456789 42 7\n");
        ThreadCpuTime time = new ThreadCpuTime(folder);
        assertThat(time.nanos()).isEqualTo(123456789);
        Files.writeString(file, "123456999 42 7\n");
        assertThat(time.nanos()).isEqualTo(123456999);
    }

    @Test
    void timeIsUnknownWithoutKernelFigure() throws IOException {
        assertThat(new ThreadCpuTime(folder).nanos()).isNegative();
        Path file = Files.createDirectories(folder.resolve("thread-self")).resolve("schedstat");
        Files.writeString(file, "much\n");
        assertThat(new ThreadCpuTime(folder).nanos()).isNegative();
        Files.writeString(file, "");
        assertThat(new ThreadCpuTime(folder).nanos()).isNegative();
    }

    @Test
    void isUnknownAfterItsEnd() throws IOException {
        Path file = Files.createDirectories(folder.resolve("thread-self")).resolve("schedstat");
        Files.writeString(file, "123456789 42 7\n");
        ThreadCpuTime time = new ThreadCpuTime(folder);
        assertThat(time.nanos()).isPositive();
        time.end();
        assertThat(time.nanos()).isNegative();
    }

    @Test
    void isThisThreadsOwn() {
        ThreadCpuTime time = new ThreadCpuTime(Path.of("/proc"));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = time.nanos();
        long began = threads.getCurrentThreadCpuTime();
        while (threads.getCurrentThreadCpuTime() - began < 100_000_000) {
            Thread.onSpinWait();
        }
        assertThat(time.nanos() - before).isBetween(50_000_000L, 1_000_000_000L);
    }
}
