// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Keeps connections in CLOSE-WAIT: three with ten unread bytes and one with nothing unread but the FIN. */
public final class UnreadConnections {

    private static final byte[] ANSWER = new byte[10];

    private UnreadConnections() {}

    public static void main(String[] arguments) throws Exception {
        List<Object> held = new ArrayList<>();
        try (ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            for (int i = 0; i < 3; i++) {
                held.add(withData(listener));
            }
            held.add(withFin(listener));
            Checkpoint.reached("left", held);
        }
    }

    private static SocketChannel withData(ServerSocketChannel listener) throws IOException {
        SocketChannel client = SocketChannel.open(listener.getLocalAddress());
        try (SocketChannel peer = listener.accept()) {
            peer.write(ByteBuffer.wrap(ANSWER));
        }
        return client;
    }

    private static SocketChannel withFin(ServerSocketChannel listener) throws IOException {
        SocketChannel client = SocketChannel.open(listener.getLocalAddress());
        try (SocketChannel peer = listener.accept()) {
            peer.write(ByteBuffer.wrap(ANSWER));
            ByteBuffer answer = ByteBuffer.allocate(ANSWER.length);
            while (answer.hasRemaining()) {
                int unused = client.read(answer);
            }
        }
        return client;
    }
}
