// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.kind;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Accepts two connections as channels, is told of the end of one, and closes all. */
public final class AcceptsChannel {

    private AcceptsChannel() {}

    public static void main(String[] arguments) throws IOException {
        try (ServerSocketChannel listener =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                Socket ending = connect(listener);
                SocketChannel toldOfIt = listener.accept();
                Socket staying = connect(listener);
                SocketChannel kept = listener.accept()) {
            System.out.println("open " + kept.isOpen() + ", bound " + staying.isBound());
            Checkpoint.reached("accepted");
            ending.shutdownOutput();
            System.out.println("read " + toldOfIt.read(ByteBuffer.allocate(1)));
            Checkpoint.reached("told");
        }
        Checkpoint.reached("done");
    }

    private static Socket connect(ServerSocketChannel listener) throws IOException {
        InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
        return new Socket(address.getAddress(), address.getPort());
    }
}
