// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.leak;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Forgets three connections whose peers have closed. */
public final class LeakyProgram {

    private LeakyProgram() {}

    public static void main(String[] arguments) throws IOException {
        List<Socket> held = new ArrayList<>();
        try (Peer peer = Peer.leaving(0)) {
            for (int i = 0; i < 3; i++) {
                forget(peer.address(), held);
            }
            Checkpoint.reached("leaked", held);
        }
    }

    private static void forget(InetSocketAddress peer, List<Socket> held) throws IOException {
        Socket socket = new Socket(peer.getAddress(), peer.getPort());
        held.add(socket);
        if (socket.getInputStream().read() >= 0) {
            throw new AssertionError("a byte");
        }
    }
}
