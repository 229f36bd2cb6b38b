// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketImpl;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** A program's own implementation of sockets: a channel, and never a descriptor in {@code fd}. */
final class ChannelSocketImpl extends SocketImpl {

    private final SocketChannel channel;

    ChannelSocketImpl() throws IOException {
        channel = SocketChannel.open();
    }

    /** A socket upon it. */
    Socket socket() throws IOException {
        return new Socket(this) {};
    }

    @Override
    protected void create(boolean stream) {}

    @Override
    protected void connect(String host, int port) throws IOException {
        connect(new InetSocketAddress(host, port), 0);
    }

    @Override
    protected void connect(InetAddress to, int port) throws IOException {
        connect(new InetSocketAddress(to, port), 0);
    }

    @Override
    protected void connect(SocketAddress to, int timeout) throws IOException {
        boolean unused = channel.connect(to);
    }

    @Override
    protected void bind(InetAddress host, int port) throws IOException {
        channel.bind(new InetSocketAddress(host, port));
    }

    @Override
    protected void listen(int backlog) throws IOException {
        throw new IOException("no listener");
    }

    @Override
    protected void accept(SocketImpl accepted) throws IOException {
        throw new IOException("no listener");
    }

    @Override
    protected InputStream getInputStream() {
        return Channels.newInputStream(channel);
    }

    @Override
    protected OutputStream getOutputStream() {
        return Channels.newOutputStream(channel);
    }

    @Override
    protected int available() {
        return 0;
    }

    @Override
    protected void close() throws IOException {
        channel.close();
    }

    @Override
    protected void sendUrgentData(int data) throws IOException {
        int unused = channel.write(ByteBuffer.wrap(new byte[] {(byte) data}));
    }

    @Override
    public void setOption(int option, Object value) {}

    @Override
    public Object getOption(int option) {
        return 0;
    }
}
