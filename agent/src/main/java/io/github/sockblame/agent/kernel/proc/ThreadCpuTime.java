// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.proc;

import java.io.File;
import java.nio.file.Path;

/**
 * The processor time of one thread, as {@code /proc/thread-self/schedstat} has it
 * (Documentation/scheduler/sched-stats.rst). On a busy machine it is less than the elapsed time.
 *
 * <p>The kernel updates it when the thread is put to sleep, and at each tick. This object is for one thread: the one
 * that reads first.
 */
public final class ThreadCpuTime {

    private final ProcFile schedstat;

    /** Reads below this folder; {@code /proc} outside of tests. */
    public ThreadCpuTime(Path root) {
        schedstat = new ProcFile(new File(root + "/thread-self/schedstat"), "absent");
    }

    /** Takes the first number of the one line. */
    private static final class FirstNumber implements LineHandler {

        private long number = -1;

        @Override
        public boolean read(byte[] bytes, int from, int to) {
            int end = from;
            while (end < to && bytes[end] != ' ') {
                end++;
            }
            number = ByteDigits.decimal(bytes, from, end);
            return number >= 0;
        }
    }

    /** Opens the file, while there are descriptors left. It is the file of the calling thread. */
    public void openFile() {
        schedstat.openEarly();
    }

    /** Closes the file for good. */
    public void end() {
        schedstat.end();
    }

    /** The time in nanoseconds; -1 if the kernel does not have it. */
    public long nanos() {
        FirstNumber first = new FirstNumber();
        SourceStatus unused = schedstat.readLines(first);
        return first.number;
    }
}
