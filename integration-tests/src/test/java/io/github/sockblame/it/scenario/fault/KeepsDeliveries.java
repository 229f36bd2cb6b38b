// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.management.ObjectName;

/**
 * Leaks connections in four steps, and blocks what the agent delivers to it. With the argument {@code listener} its JMX
 * listener never returns. With {@code stderr} no process reads its standard error.
 */
public final class KeepsDeliveries {

    private static final int CONNECTIONS = 4;
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private KeepsDeliveries() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("listener")) {
            ManagementFactory.getPlatformMBeanServer();
            Checkpoint.reached("has JMX");
            ManagementFactory.getPlatformMBeanServer()
                    .addNotificationListener(
                            new ObjectName("io.github.sockblame:type=Sockblame"),
                            (notification, handback) -> keep("listener"),
                            null,
                            null);
        } else {
            System.setErr(new PrintStream(new Unread(), true, StandardCharsets.UTF_8));
        }
        List<Socket> held = new ArrayList<>();
        try (Peer peer = Peer.leaving(0)) {
            for (int step = 1; step <= 3; step++) {
                leak(peer, held);
                Checkpoint.reached("leaked " + step, held);
            }
        }
    }

    /** So many as there are: each step but the first doubles the leaks, or more. */
    private static void leak(Peer peer, List<Socket> held) throws Exception {
        for (int i = Math.max(CONNECTIONS, held.size()); i > 0; i--) {
            Socket socket =
                    new Socket(peer.address().getAddress(), peer.address().getPort());
            held.add(socket);
            if (socket.getInputStream().read() >= 0) {
                throw new AssertionError("the peer said something");
            }
        }
    }

    private static void keep(String what) {
        System.out.println(what + " is kept");
        for (; ; ) {
            try {
                NEVER.await();
            } catch (InterruptedException e) {
                // waits again
            }
        }
    }

    /** A pipe that is full. */
    private static final class Unread extends OutputStream {

        @Override
        public void write(int one) {
            keep("stderr");
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            keep("stderr");
        }
    }
}
