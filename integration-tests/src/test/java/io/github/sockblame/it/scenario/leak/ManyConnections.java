// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.leak;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Holds as many connections as its argument says, both ends of each, and then opens and closes a few more. */
public final class ManyConnections {

    private static final int MORE = 100;

    private ManyConnections() {}

    public static void main(String[] arguments) throws IOException {
        int count = Integer.parseInt(arguments[0]);
        List<SocketChannel> held = new ArrayList<>();
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            for (int i = 0; i < count; i++) {
                held.add(SocketChannel.open(listener.getLocalAddress()));
                held.add(listener.accept());
            }
            Checkpoint.reached("open", held);
            for (int i = 0; i < MORE; i++) {
                SocketChannel.open(listener.getLocalAddress()).close();
                listener.accept().close();
            }
            Checkpoint.reached("more", held);
        }
    }
}
