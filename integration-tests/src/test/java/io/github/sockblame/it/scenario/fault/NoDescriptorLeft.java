// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.kind.FourKinds;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** Opens sockets of the kind that the argument says until there is no descriptor left, and later gives half of them back. */
public final class NoDescriptorLeft {

    private static final int BACKLOG = 2000;

    private final Deque<AutoCloseable> held = new ArrayDeque<>();

    private NoDescriptorLeft() {}

    /** One more socket. */
    private interface Opening {
        AutoCloseable open() throws IOException;
    }

    public static void main(String[] arguments) throws Exception {
        FourKinds.talk();
        Checkpoint.reached("ready");
        new NoDescriptorLeft().run(arguments[0]);
    }

    private void run(String kind) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = (InetSocketAddress) listener.getLocalSocketAddress();
            switch (kind) {
                case "Socket" -> exhaust(() -> new Socket(address.getAddress(), address.getPort()));
                case "SocketChannel" -> exhaust(() -> SocketChannel.open(address));
                case "ServerSocket" -> exhaust(() -> new ServerSocket(0, 1, address.getAddress()));
                case "ServerSocketChannel" -> exhaust(ServerSocketChannel::open);
                case "DatagramSocket" -> exhaust(DatagramSocket::new);
                case "Unix" -> exhaust(() -> SocketChannel.open(StandardProtocolFamily.UNIX));
                case "AsynchronousSocketChannel" -> exhaust(AsynchronousSocketChannel::open);
                case "AsynchronousServerSocketChannel" -> exhaust(AsynchronousServerSocketChannel::open);
                case "accept" -> {
                    leaveRoomFor(address);
                    exhaust(listener::accept);
                }
                case "accept of a channel" -> {
                    try (ServerSocketChannel channel = ServerSocketChannel.open()) {
                        channel.bind(new InetSocketAddress(address.getAddress(), 0), BACKLOG);
                        leaveRoomFor((InetSocketAddress) channel.getLocalAddress());
                        exhaust(channel::accept);
                    }
                }
                default -> throw new IllegalArgumentException(kind);
            }
            for (int half = held.size() / 2; half > 0; half--) {
                held.removeLast().close();
            }
            Checkpoint.reached("relieved", held);
        }
    }

    /** Connections that wait to be accepted: more than there are descriptors left for both sides. */
    private void leaveRoomFor(InetSocketAddress listener) throws IOException {
        exhaustSilently(() -> new Socket(listener.getAddress(), listener.getPort()));
        for (int room = held.size() / 3; room > 0; room--) {
            closeLast();
        }
    }

    /** By the client, and so what waits to be accepted is not taken away. */
    private void closeLast() throws IOException {
        try {
            held.removeLast().close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private void exhaustSilently(Opening opening) {
        try {
            while (true) {
                held.add(opening.open());
            }
        } catch (IOException e) {
            // as many as there are
        }
    }

    private void exhaust(Opening opening) throws IOException {
        try {
            while (true) {
                held.add(opening.open());
            }
        } catch (IOException e) {
            System.out.println("refused: " + e.getMessage());
        }
        Checkpoint.reached("exhausted", held);
    }
}
