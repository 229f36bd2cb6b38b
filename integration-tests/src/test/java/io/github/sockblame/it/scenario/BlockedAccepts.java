// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Has two threads blocked in accept, and lets each accept twice. */
final class BlockedAccepts {

    private final List<Object> held = Collections.synchronizedList(new ArrayList<>());

    private BlockedAccepts() {}

    public static void main(String[] arguments) throws Exception {
        BlockedAccepts accepts = new BlockedAccepts();
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket sockets = new ServerSocket(0, 5, here);
                ServerSocketChannel channels = ServerSocketChannel.open().bind(new InetSocketAddress(here, 0))) {
            int channelPort = ((InetSocketAddress) channels.getLocalAddress()).getPort();
            for (String time : new String[] {"first", "second"}) {
                Blocked one = Blocked.in(() -> accepts.held.add(sockets.accept()));
                Blocked other = Blocked.in(() -> accepts.held.add(channels.accept()));
                Checkpoint.reached(time + " blocked");
                accepts.held.add(new Socket(here, sockets.getLocalPort()));
                accepts.held.add(new Socket(here, channelPort));
                one.awaitEnd();
                other.awaitEnd();
                Checkpoint.reached(time + " accepted", accepts.held);
            }
        }
    }
}
