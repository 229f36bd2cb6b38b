// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.kind;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** {@code SocketChannel} and {@code ServerSocketChannel} in blocking mode. */
public final class BlockingChannels {

    private final List<Object> held = new ArrayList<>();
    private final ServerSocketChannel listener;

    public BlockingChannels() throws IOException {
        listener = listen();
        connect();
        accept();
    }

    private static ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private void connect() throws IOException {
        held.add(SocketChannel.open(listener.getLocalAddress()));
    }

    private void accept() throws IOException {
        held.add(listener.accept());
    }
}
