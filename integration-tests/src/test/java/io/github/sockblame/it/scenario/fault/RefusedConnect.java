// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;

/**
 * Keeps a channel whose connect was refused, and one whose connection was reset: it never finishes either connect, which
 * would close the channel.
 */
public final class RefusedConnect {

    private static final int RESET_BY_CLOSE = 0;

    private RefusedConnect() {}

    public static void main(String[] arguments) throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        System.out.println("port " + port);
        SocketChannel refused = connect(port);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            System.out.println("reset " + listener.getLocalPort());
            SocketChannel reset = connectAndBeReset(listener);
            Checkpoint.reached("refused", refused, reset);
        }
    }

    private static SocketChannel connectAndBeReset(ServerSocket listener) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(listener.getLocalSocketAddress());
        try (Socket accepted = listener.accept()) {
            accepted.setSoLinger(true, RESET_BY_CLOSE);
        }
        return channel;
    }

    private static SocketChannel connect(int port) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        if (channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            throw new AssertionError("connected");
        }
        return channel;
    }
}
