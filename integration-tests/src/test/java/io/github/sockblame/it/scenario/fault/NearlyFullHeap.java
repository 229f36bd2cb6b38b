// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A program with ten connections and little work, which leaves so many megabytes of its heap free as the argument has.
 */
public final class NearlyFullHeap {

    private static final int PAIRS = 10;
    private static final int BLOCK = 64 << 10;
    private static final int HEADER = 16; // of an array
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    private final List<byte[]> kept = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();

    private NearlyFullHeap() {}

    public static void main(String[] arguments) throws Exception {
        NearlyFullHeap program = new NearlyFullHeap();
        program.connect();
        program.fill(Long.parseLong(arguments[0]) << 20);
        Thread worker = new Thread(program::work, "worker");
        worker.setDaemon(true);
        worker.start();
        Checkpoint.reached("full", program);
    }

    private void connect() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, PAIRS, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < PAIRS; i++) {
                sockets.add(new Socket(listener.getInetAddress(), listener.getLocalPort()));
                sockets.add(listener.accept());
            }
        }
    }

    /** Half of what is left each time: only a collection shows what is in use. */
    private void fill(long free) {
        Runtime runtime = Runtime.getRuntime();
        long blocks;
        do {
            System.gc();
            long left = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory() - free;
            blocks = (left / BLOCK + 1) / 2;
            for (long i = 0; i < blocks; i++) {
                kept.add(new byte[BLOCK - HEADER]);
            }
        } while (blocks > 0);
    }

    private void work() {
        while (!kept.isEmpty()) {
            kept.set(0, new byte[BLOCK - HEADER]); // the block before becomes garbage
            LockSupport.parkNanos(PAUSE);
        }
    }
}
