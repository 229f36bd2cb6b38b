// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import io.github.sockblame.it.scenario.kind.FourKinds;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Replaces its standard error by one that fails, one that waits for ever or one that opens sockets, leaks connections, waits until somebody
 * else wrote there, if the third argument says that somebody will, and goes on using sockets.
 */
public final class ReplacesStandardError {

    private static final CountDownLatch WRITTEN = new CountDownLatch(1);

    private ReplacesStandardError() {}

    public static void main(String[] arguments) throws Exception {
        List<Socket> held = new ArrayList<>();
        PrintStream own = System.err;
        try (Peer peer = Peer.leaving(0)) {
            System.setErr(printer(arguments[0], peer.address()));
            for (int i = 0; i < 3; i++) {
                Socket socket =
                        new Socket(peer.address().getAddress(), peer.address().getPort());
                held.add(socket);
                System.out.println("read " + socket.getInputStream().read());
            }
            if (arguments[1].equals("watched") && !WRITTEN.await(30, TimeUnit.SECONDS)) {
                own.println("nobody wrote there");
            }
            System.setErr(own);
            FourKinds.talk();
            Checkpoint.reached("done", held);
        }
    }

    private static PrintStream printer(String kind, InetSocketAddress peer) {
        return new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
                WRITTEN.countDown();
                switch (kind) {
                    case "throws" -> throw new IllegalStateException("no standard error");
                    case "waits" -> awaitForEver();
                    case "opens" -> open(peer);
                    default -> throw new IllegalArgumentException(kind);
                }
            }
        };
    }

    private static void awaitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void open(InetSocketAddress peer) {
        try (Socket socket = new Socket(peer.getAddress(), peer.getPort())) {
            int unused = socket.getInputStream().read();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
