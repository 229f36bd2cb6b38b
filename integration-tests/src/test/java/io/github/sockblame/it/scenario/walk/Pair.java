// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.util.List;
import java.util.concurrent.FutureTask;

/** Both sides of one connection. */
record Pair(Side client, Side server) {

    /** Connects, and accepts from a new listener, which is left to the caller. */
    static Pair open(Kind client, Listener listener) throws Exception {
        Side connecting = client.connect(listener.address());
        Side accepted = listener.accept();
        FutureTask<Boolean> beginning = new FutureTask<>(() -> {
            connecting.begin();
            return true;
        });
        Threads.daemon("client side", beginning).start();
        accepted.begin();
        boolean unused = beginning.get();
        connecting.begun();
        accepted.begun();
        return new Pair(connecting, accepted);
    }

    List<Side> sides() {
        return List.of(client, server);
    }

    Side peerOf(Side side) {
        return side == client ? server : client;
    }

    /** The same connection when nobody holds that side any more. */
    Pair without(Side side) {
        return side == client ? new Pair(new DroppedSide(side), server) : new Pair(client, new DroppedSide(side));
    }

    boolean isOver() {
        return !client.isHeld() && !server.isHeld();
    }
}
