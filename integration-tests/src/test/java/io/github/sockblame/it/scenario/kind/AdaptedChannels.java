// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.kind;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Channels used through {@code channel.socket()}. */
public final class AdaptedChannels {

    private final List<Object> held = new ArrayList<>();
    private final ServerSocketChannel listener;

    AdaptedChannels() throws IOException {
        listener = listen();
        connect();
        accept();
        connect();
        acceptTimed();
    }

    private static ServerSocketChannel listen() throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channel.socket().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return channel;
    }

    private void connect() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.socket().connect(listener.getLocalAddress(), 5000);
        held.add(channel);
    }

    private void accept() throws IOException {
        held.add(listener.socket().accept());
    }

    private void acceptTimed() throws IOException {
        listener.socket().setSoTimeout(5000);
        held.add(listener.socket().accept());
    }
}
