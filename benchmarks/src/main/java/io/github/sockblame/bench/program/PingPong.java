// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.program;

import java.io.IOException;

/**
 * Sends a byte to and fro over one connection, both ends in one thread; prints the processor time of the whole JVM for each time to and fro.
 *
 * <p>Arguments: streams or channels, milliseconds measured, after as long a warm-up.
 */
public final class PingPong {

    private static final int AT_ONCE = 1000;

    private PingPong() {}

    public static void main(String[] arguments) throws Exception {
        long millis = Long.parseLong(arguments[1]);
        try (Pair pair = Pair.of(arguments[0], Pair.loopback(0))) {
            pair.open();
            long unused = during(pair, millis);
            CpuTime cpuTime = new CpuTime();
            long cpu = cpuTime.nanos();
            long done = during(pair, millis);
            cpu = cpuTime.nanos() - cpu;
            pair.closeBoth();
            System.out.println("figure cpu.micros " + cpu / 1e3 / done);
        }
    }

    private static long during(Pair pair, long millis) throws IOException {
        long done = 0;
        for (long end = System.nanoTime() + millis * 1_000_000; System.nanoTime() - end < 0; done += AT_ONCE) {
            for (int i = 0; i < AT_ONCE; i++) {
                pair.pingPong();
            }
        }
        return done;
    }
}
