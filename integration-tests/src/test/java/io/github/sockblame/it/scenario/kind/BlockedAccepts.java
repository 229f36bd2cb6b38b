// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.kind;

import io.github.sockblame.it.scenario.Blocked;
import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;

/** Has a thread blocked in each kind of accept, and lets each accept twice. */
public final class BlockedAccepts {

    private final List<Object> held = Collections.synchronizedList(new ArrayList<>());

    private BlockedAccepts() {}

    public static void main(String[] arguments) throws Exception {
        BlockedAccepts accepts = new BlockedAccepts();
        SocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ServerSocket sockets = new ServerSocket();
                ServerSocketChannel channels = ServerSocketChannel.open().bind(anyPort);
                ServerSocketChannel adapted = ServerSocketChannel.open().bind(anyPort);
                AsynchronousServerSocketChannel pending =
                        AsynchronousServerSocketChannel.open().bind(anyPort)) {
            sockets.bind(anyPort);
            for (String time : new String[] {"first", "second"}) {
                Blocked socket = Blocked.in(() -> accepts.held.add(sockets.accept()));
                Blocked channel = Blocked.in(() -> accepts.held.add(channels.accept()));
                Blocked adaptor =
                        Blocked.in(() -> accepts.held.add(adapted.socket().accept()));
                Future<AsynchronousSocketChannel> future = pending.accept();
                Checkpoint.reached(time + " blocked");
                accepts.connect(time + " socket", sockets.getLocalSocketAddress());
                accepts.connect(time + " channel", channels.getLocalAddress());
                accepts.connect(time + " adaptor", adapted.getLocalAddress());
                accepts.connect(time + " asynchronous", pending.getLocalAddress());
                socket.awaitEnd();
                channel.awaitEnd();
                adaptor.awaitEnd();
                accepts.held.add(future.get());
                Checkpoint.reached(time + " accepted", accepts.held);
            }
        }
    }

    /** Prints the port that the accepted side has for its remote one. */
    private void connect(String name, SocketAddress listener) throws IOException {
        InetSocketAddress address = (InetSocketAddress) listener;
        Socket client = new Socket(address.getAddress(), address.getPort());
        held.add(client);
        System.out.println(name + " " + client.getLocalPort());
    }
}
