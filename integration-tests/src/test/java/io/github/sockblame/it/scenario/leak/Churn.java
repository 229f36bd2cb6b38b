// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.leak;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Opens and closes a few thousand sockets in several threads at once, and holds every hundredth. */
public final class Churn {

    private static final int THREADS = 4;
    private static final int EACH = 600;

    private Churn() {}

    public static void main(String[] arguments) throws Exception {
        try (Peer peer = Peer.patient()) {
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Future<List<AutoCloseable>>> work = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                work.add(threads.submit(() -> openAndClose(peer.address())));
            }
            List<AutoCloseable> held = new ArrayList<>();
            for (Future<List<AutoCloseable>> done : work) {
                held.addAll(done.get());
            }
            threads.shutdown();
            Checkpoint.reached("held " + held.size());
            for (AutoCloseable one : held) {
                one.close();
            }
            Checkpoint.reached("all closed");
        }
    }

    private static List<AutoCloseable> openAndClose(InetSocketAddress peer) throws Exception {
        List<AutoCloseable> held = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            AutoCloseable opened = open(peer, i % 3);
            if (i % 100 == 0) {
                held.add(opened);
            } else {
                opened.close();
            }
        }
        return held;
    }

    private static AutoCloseable open(InetSocketAddress peer, int kind) throws IOException {
        return switch (kind) {
            case 0 -> new Socket(peer.getAddress(), peer.getPort());
            case 1 -> SocketChannel.open(peer);
            default -> new DatagramSocket();
        };
    }
}
