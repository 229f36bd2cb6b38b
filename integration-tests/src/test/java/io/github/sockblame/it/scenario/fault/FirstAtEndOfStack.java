// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.kind.AllKinds;
import io.github.sockblame.it.scenario.kind.FourKinds;
import java.util.List;

/** Loads the JDK's classes of sockets at the end of the stack, each a few frames further from it, before it uses any. */
public final class FirstAtEndOfStack {

    private static final int APART = 40;

    private static final List<String> CLASSES = List.of(
            "sun.nio.ch.Net",
            "sun.nio.ch.NioSocketImpl",
            "sun.nio.ch.SocketDispatcher",
            "sun.nio.ch.SocketChannelImpl",
            "sun.nio.ch.ServerSocketChannelImpl",
            "sun.nio.ch.DatagramChannelImpl",
            "sun.nio.ch.UnixDomainSockets",
            "sun.nio.ch.DatagramDispatcher",
            "sun.nio.ch.UnixAsynchronousSocketChannelImpl",
            "sun.nio.ch.UnixAsynchronousServerSocketChannelImpl");

    private FirstAtEndOfStack() {}

    public static void main(String[] arguments) throws Exception {
        int frames = APART * CLASSES.size();
        StackExhaustion stackExhaustion = StackExhaustion.with(frames, frames, frame -> {
            if (frame % APART == 0) {
                Object unused = Class.forName(CLASSES.get(frame / APART), false, null);
            }
        });
        System.out.println("loaded all but " + stackExhaustion.failed());
        Checkpoint.reached("loaded");
        FourKinds.talk();
        AllKinds.main(arguments);
        Checkpoint.reached("done");
    }
}
