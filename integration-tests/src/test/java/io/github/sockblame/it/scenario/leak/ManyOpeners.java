// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.leak;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Opens more connections than any small budget affords stacks for: first many that it closes, then a thousand that it forgets, opened at two
 * places in a random order, and when it is told to some more. Prints the port to which they are.
 */
public final class ManyOpeners {

    private static final int CLOSED = 3000;
    private static final int FORGOTTEN = 1000;
    private static final int LATER = 40;

    private ManyOpeners() {}

    public static void main(String[] arguments) throws IOException {
        List<Socket> held = new ArrayList<>();
        Random random = new Random(42);
        try (Peer peer = Peer.leaving(0)) {
            System.out.println("port " + peer.address().getPort());
            for (int i = 0; i < CLOSED; i++) {
                new Socket(peer.address().getAddress(), peer.address().getPort()).close();
            }
            for (int i = 0; i < FORGOTTEN; i++) {
                if (random.nextInt(5) == 0) {
                    few(peer.address(), held);
                } else {
                    most(peer.address(), held);
                }
            }
            Checkpoint.reached("forgotten", held);
            for (int i = 0; i < LATER; i++) {
                later(peer.address(), held);
            }
            Checkpoint.reached("later", held);
        }
    }

    private static void few(InetSocketAddress peer, List<Socket> held) throws IOException {
        forget(new Socket(peer.getAddress(), peer.getPort()), held);
    }

    private static void most(InetSocketAddress peer, List<Socket> held) throws IOException {
        forget(new Socket(peer.getAddress(), peer.getPort()), held);
    }

    private static void later(InetSocketAddress peer, List<Socket> held) throws IOException {
        forget(new Socket(peer.getAddress(), peer.getPort()), held);
    }

    private static void forget(Socket socket, List<Socket> held) throws IOException {
        held.add(socket);
        while (socket.getInputStream().read() >= 0) {
            // until the end, and no close
        }
    }
}
