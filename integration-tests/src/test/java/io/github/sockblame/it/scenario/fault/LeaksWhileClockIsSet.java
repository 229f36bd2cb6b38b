// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.sabotage.Sabotage;
import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps connections whose peers have closed, and meanwhile the clock is set by what the argument says. */
public final class LeaksWhileClockIsSet {

    private LeaksWhileClockIsSet() {}

    public static void main(String[] arguments) throws Exception {
        List<Socket> held = new ArrayList<>();
        try (Peer peer = Peer.leaving(0)) {
            for (int i = 0; i < 3; i++) {
                Socket socket =
                        new Socket(peer.address().getAddress(), peer.address().getPort());
                held.add(socket);
                System.out.println("read " + socket.getInputStream().read());
            }
            Checkpoint.reached("leaked");
            Sabotage.setClock(Duration.parse(arguments[0]).toMillis());
            Checkpoint.reached("set", held);
        }
    }
}
