// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.leak;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Leaks, stops, and leaks again. */
public final class LeaksBeforeAndAfter {

    private LeaksBeforeAndAfter() {}

    public static void main(String[] arguments) throws IOException {
        List<Socket> held = new ArrayList<>();
        try (Peer peer = Peer.leaving(7)) {
            for (int i = 0; i < 3; i++) {
                leakEarly(peer.address(), held);
            }
            Checkpoint.reached("early");
            for (int i = 0; i < 4; i++) {
                leakLate(peer.address(), held);
            }
            Checkpoint.reached("late", held);
        }
    }

    private static void leakEarly(InetSocketAddress peer, List<Socket> held) throws IOException {
        Socket socket = new Socket(peer.getAddress(), peer.getPort());
        held.add(socket);
        socket.getInputStream().readNBytes(3);
    }

    private static void leakLate(InetSocketAddress peer, List<Socket> held) throws IOException {
        Socket socket = new Socket(peer.getAddress(), peer.getPort());
        held.add(socket);
        socket.getInputStream().readAllBytes();
    }
}
