// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.kind;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Channels in non-blocking mode, with a selector. */
public final class SelectedChannels {

    private final List<Object> held = new ArrayList<>();
    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener;

    public SelectedChannels() throws IOException {
        listener = listen();
        connect();
        int pending = 2;
        while (pending > 0) {
            int unused = selector.select(2000);
            for (SelectionKey key : selector.selectedKeys()) {
                pending--;
                if (key.isAcceptable()) {
                    accept();
                } else {
                    finishConnect(key);
                }
            }
            selector.selectedKeys().clear();
        }
    }

    private ServerSocketChannel listen() throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        return channel;
    }

    private void connect() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false).register(selector, SelectionKey.OP_CONNECT);
        held.add(channel);
        if (channel.connect(listener.getLocalAddress())) {
            throw new IOException("connected at once, though it should not wait");
        }
    }

    private static void finishConnect(SelectionKey key) throws IOException {
        ((SocketChannel) key.channel()).finishConnect();
        key.interestOps(SelectionKey.OP_READ);
    }

    private void accept() throws IOException {
        held.add(listener.accept());
    }
}
