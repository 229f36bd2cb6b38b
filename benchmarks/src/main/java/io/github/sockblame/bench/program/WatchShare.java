// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.program;

import java.nio.file.Path;
import java.util.List;

/**
 * Holds sockets and does nothing; prints the agent's thread's share of a core, in percent, and that of the whole JVM.
 *
 * <p>Arguments: sockets, seconds of warm-up, seconds measured.
 */
public final class WatchShare {

    /** As the kernel has it, which cuts names after 15 characters. */
    private static final String WATCH = "sockblame-watch";

    private WatchShare() {}

    public static void main(String[] arguments) throws Exception {
        try (HeldConnections heldConnections = new HeldConnections(200)) {
            heldConnections.growTo(Integer.parseInt(arguments[0]));
            Thread.sleep(1000 * Long.parseLong(arguments[1]));
            List<Path> watch = CpuTime.threads(WATCH);
            if (watch.size() != 1) {
                throw new IllegalStateException(watch.size() + " threads " + WATCH);
            }
            long millis = 1000 * Long.parseLong(arguments[2]);
            CpuTime all = new CpuTime();
            long ofAll = all.nanos();
            long ofWatch = CpuTime.nanosOf(watch);
            Thread.sleep(millis); // the argument is a time
            System.out.println("figure watch.percent " + (CpuTime.nanosOf(watch) - ofWatch) / 1e4 / millis);
            System.out.println("figure all.percent " + (all.nanos() - ofAll) / 1e4 / millis);
        }
    }
}
