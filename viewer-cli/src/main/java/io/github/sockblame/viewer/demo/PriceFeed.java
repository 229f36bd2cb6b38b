// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Leaks: subscribes, and then never reads, so that it misses the EOF. */
final class PriceFeed {

    private final InetSocketAddress server;
    private final Queue<SocketChannel> subscriptions = new ConcurrentLinkedQueue<>();

    PriceFeed(InetSocketAddress server) {
        this.server = server;
    }

    void subscribe() throws IOException {
        SocketChannel channel = SocketChannel.open(server);
        channel.write(ByteBuffer.wrap("subscribe gold\n".getBytes(US_ASCII)));
        subscriptions.add(channel);
    }
}
