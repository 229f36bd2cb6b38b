// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.leak;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.net.Socket;

/** Holds one connection that lives, and has closed another. */
public final class HealthyProgram {

    private HealthyProgram() {}

    public static void main(String[] arguments) throws IOException {
        try (Peer peer = Peer.patient();
                Socket alive =
                        new Socket(peer.address().getAddress(), peer.address().getPort())) {
            new Socket(alive.getInetAddress(), alive.getPort()).close();
            Checkpoint.reached("healthy");
        }
    }
}
