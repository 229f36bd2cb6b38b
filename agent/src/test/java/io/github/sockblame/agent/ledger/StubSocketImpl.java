// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketImpl;

/** An implementation of a socket that can do nothing. */
final class StubSocketImpl extends SocketImpl {

    @Override
    protected void create(boolean stream) throws IOException {
        throw new IOException();
    }

    @Override
    protected void connect(String host, int port) throws IOException {
        throw new IOException();
    }

    @Override
    protected void connect(InetAddress address, int port) throws IOException {
        throw new IOException();
    }

    @Override
    protected void connect(SocketAddress address, int timeout) throws IOException {
        throw new IOException();
    }

    @Override
    protected void bind(InetAddress host, int port) throws IOException {
        throw new IOException();
    }

    @Override
    protected void listen(int backlog) throws IOException {
        throw new IOException();
    }

    @Override
    protected void accept(SocketImpl connection) throws IOException {
        throw new IOException();
    }

    @Override
    protected InputStream getInputStream() throws IOException {
        throw new IOException();
    }

    @Override
    protected OutputStream getOutputStream() throws IOException {
        throw new IOException();
    }

    @Override
    protected int available() throws IOException {
        throw new IOException();
    }

    @Override
    protected void close() throws IOException {
        throw new IOException();
    }

    @Override
    protected void sendUrgentData(int data) throws IOException {
        throw new IOException();
    }

    @Override
    public void setOption(int option, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object getOption(int option) {
        throw new UnsupportedOperationException();
    }
}
