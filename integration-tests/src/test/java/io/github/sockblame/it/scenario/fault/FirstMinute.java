// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import com.sun.management.ThreadMXBean;
import io.github.sockblame.it.scenario.Checkpoint;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Has twenty sockets, and prints how many bytes the agent's threads allocate in the first minute. After the warm-up each
 * second is like the one before, so the program measures until then, and extrapolates from the last seconds.
 */
public final class FirstMinute {

    private static final int PAIRS = 10;

    /** The warm-up is 10 s after the first check of the alerts, and takes two rounds. */
    private static final int WARM_AFTER_SECONDS = 16;

    private static final int MEASURED_SECONDS = 4;
    private static final int MINUTE_SECONDS = 60;

    private FirstMinute() {}

    public static void main(String[] arguments) throws Exception {
        List<Socket> held = new ArrayList<>();
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        for (int i = 0; i < PAIRS; i++) {
            held.add(new Socket(listener.getInetAddress(), listener.getLocalPort()));
            held.add(listener.accept());
        }
        TimeUnit.SECONDS.sleep(WARM_AFTER_SECONDS);
        long warm = allocatedByTheAgent();
        TimeUnit.SECONDS.sleep(MEASURED_SECONDS);
        long rest = (allocatedByTheAgent() - warm) / MEASURED_SECONDS * (MINUTE_SECONDS - WARM_AFTER_SECONDS);
        System.out.println("allocated " + (warm + rest));
        Checkpoint.reached("done", held);
    }

    private static long allocatedByTheAgent() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("sockblame")) {
                sum += threads.getThreadAllocatedBytes(thread.getThreadId());
            }
        }
        return sum;
    }
}
