// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.program;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Makes connections of one kind within this JVM, both ends. Used by one thread. */
abstract class Pair implements AutoCloseable {

    private static final int BACKLOG = 1000;

    /** Of one kind, with a listener on this loopback address. */
    static Pair of(String kind, InetAddress address) throws IOException {
        return switch (kind) {
            case "streams" -> new Streams(address);
            case "channels" -> new Channels(address);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** One of many loopback addresses, so that the ports towards none of them are used up by what is in TIME-WAIT. */
    static InetAddress loopback(int number) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, (byte) (1 + number / 250), (byte) (1 + number % 250)});
    }

    @Override
    public abstract void close() throws IOException;

    /** Opens a connection and accepts it. */
    abstract void open() throws IOException;

    /** A byte to the accepted end and back. */
    abstract void pingPong() throws IOException;

    /** Closes both ends, the accepted one first: TIME-WAIT stays on its side, and the client's port is free. */
    abstract void closeBoth() throws IOException;

    private static final class Streams extends Pair {

        private final ServerSocket listener;
        private Socket client = new Socket();
        private Socket accepted = client;

        Streams(InetAddress address) throws IOException {
            listener = new ServerSocket(0, BACKLOG, address);
        }

        @Override
        void open() throws IOException {
            client = new Socket(listener.getInetAddress(), listener.getLocalPort());
            client.setTcpNoDelay(true);
            accepted = listener.accept();
            accepted.setTcpNoDelay(true);
        }

        @Override
        void pingPong() throws IOException {
            client.getOutputStream().write(1);
            accepted.getOutputStream().write(accepted.getInputStream().read());
            if (client.getInputStream().read() != 1) {
                throw new IOException("another byte");
            }
        }

        @Override
        void closeBoth() throws IOException {
            accepted.close();
            client.close();
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    private static final class Channels extends Pair {

        private final ServerSocketChannel listener = ServerSocketChannel.open();
        private final InetSocketAddress address;
        private final ByteBuffer one = ByteBuffer.allocateDirect(1);
        private SocketChannel client;
        private SocketChannel accepted;

        Channels(InetAddress address) throws IOException {
            listener.bind(new InetSocketAddress(address, 0), BACKLOG);
            this.address = (InetSocketAddress) listener.getLocalAddress();
            client = SocketChannel.open();
            accepted = client;
            client.close();
        }

        @Override
        void open() throws IOException {
            client = SocketChannel.open(address);
            client.socket().setTcpNoDelay(true);
            accepted = listener.accept();
            accepted.socket().setTcpNoDelay(true);
        }

        @Override
        void pingPong() throws IOException {
            send(client, accepted);
            send(accepted, client);
        }

        private void send(SocketChannel from, SocketChannel to) throws IOException {
            one.clear();
            write(from);
            one.clear();
            if (to.read(one) != 1) {
                throw new IOException("no byte");
            }
        }

        private void write(SocketChannel channel) throws IOException {
            if (channel.write(one) != 1) {
                throw new IOException("not written");
            }
        }

        @Override
        void closeBoth() throws IOException {
            accepted.close();
            client.close();
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
