// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.program;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The processor time of this JVM, all of its threads but those of the JIT compiler: their work ends, and a longer run would show less of it.
 * They must not come and go, so {@code -XX:-UseDynamicNumberOfCompilerThreads} goes with it.
 */
final class CpuTime {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final List<Path> compilers;

    CpuTime() throws IOException {
        compilers = threads("C1 Compiler");
        compilers.addAll(threads("C2 Compiler"));
    }

    /** User and system, in nanoseconds. */
    long nanos() throws IOException {
        return SYSTEM.getProcessCpuTime() - nanosOf(compilers);
    }

    /** Folders of the threads whose name, as the kernel has it, begins so. */
    static List<Path> threads(String beginning) throws IOException {
        List<Path> threads = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                if (Files.readString(task.resolve("comm")).startsWith(beginning)) {
                    threads.add(task);
                }
            }
        }
        return threads;
    }

    /** The processor time of some threads in nanoseconds: the first field of {@code schedstat} (Linux, Documentation/scheduler/sched-stats). */
    static long nanosOf(List<Path> threads) throws IOException {
        long nanos = 0;
        for (Path thread : threads) {
            String fields = Files.readString(thread.resolve("schedstat"));
            nanos += Long.parseLong(fields.substring(0, fields.indexOf(' ')));
        }
        return nanos;
    }
}
