// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.kind;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Opens sockets of all four kinds, talks through them, closes them, and says what came of it. */
public final class FourKinds {

    private FourKinds() {}

    public static void main(String[] arguments) throws IOException {
        talk();
        Checkpoint.reached("done");
    }

    public static void talk() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket listener = new ServerSocket(0, 5, here);
                Socket client = new Socket(here, listener.getLocalPort());
                Socket server = listener.accept()) {
            server.getOutputStream().write(42);
            server.shutdownOutput();
            System.out.println("read " + client.getInputStream().read());
            System.out.println("read " + client.getInputStream().read());
        }
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(here, 0));
                SocketChannel client = SocketChannel.open(listener.getLocalAddress());
                SocketChannel server = listener.accept()) {
            server.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            server.shutdownOutput();
            System.out.println("read " + client.read(ByteBuffer.allocate(8)));
            System.out.println("read " + client.read(ByteBuffer.allocate(8)));
            System.out.println("blocking " + client.isBlocking() + ", open " + client.isOpen());
        }
        // bound and not listening, so that the kernel refuses; a port that is only free may get a listener meanwhile
        try (SocketChannel silent = SocketChannel.open().bind(new InetSocketAddress(here, 0));
                Socket client = new Socket()) {
            client.connect(silent.getLocalAddress(), 2000);
            System.out.println("connected to nobody");
        } catch (ConnectException e) {
            System.out.println(e);
            System.err.println(e.getStackTrace().length > 0);
        }
    }
}
