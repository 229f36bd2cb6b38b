// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.kind;

import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** An implementation of sockets that a program brought along: a thin layer on a channel, or wrong in one way or another. */
public final class OwnSocketImpl extends SocketImpl {

    /** What is wrong with it. */
    enum Flaw {
        NONE,
        DESCRIPTOR_WITHOUT_NUMBER,
        DESCRIPTOR_OF_ANOTHER,
        CREATE_THROWS,
        CONNECT_THROWS,
        CONNECT_FAILS,
        ACCEPT_THROWS,
        ACCEPT_FAILS,
        NO_STREAMS,
        STREAMS_THROW,
        CLOSE_THROWS,
        CLOSE_FAILS
    }

    private final Flaw flaw;
    private @Nullable SocketChannel channel;

    OwnSocketImpl(Flaw flaw) {
        this.flaw = flaw;
    }

    /** A socket on such an implementation. */
    static Socket socket(Flaw flaw) throws SocketException {
        return new Socket(new OwnSocketImpl(flaw)) {};
    }

    @Override
    protected void create(boolean stream) {
        if (flaw == Flaw.CREATE_THROWS) {
            throw new IllegalStateException("create");
        }
        fd = switch (flaw) {
            case DESCRIPTOR_WITHOUT_NUMBER -> new FileDescriptor();
            case DESCRIPTOR_OF_ANOTHER -> FileDescriptor.in;
            default -> null;
        };
    }

    @Override
    protected void connect(SocketAddress remote, int timeout) throws IOException {
        if (flaw == Flaw.CONNECT_THROWS) {
            throw new StackOverflowError("connect");
        } else if (flaw == Flaw.CONNECT_FAILS) {
            throw new IOException("connect");
        }
        channel = SocketChannel.open(remote);
    }

    @Override
    protected void connect(String host, int remotePort) throws IOException {
        throw new SocketException("by address only");
    }

    @Override
    protected void connect(InetAddress remote, int remotePort) throws IOException {
        throw new SocketException("by socket address only");
    }

    @Override
    protected void bind(InetAddress host, int newPort) {}

    @Override
    protected void listen(int backlog) {}

    @Override
    protected void accept(SocketImpl connection) throws IOException {
        if (flaw == Flaw.ACCEPT_THROWS) {
            throw new IllegalStateException("accept");
        } else if (flaw == Flaw.ACCEPT_FAILS) {
            throw new IOException("accept");
        }
    }

    @Override
    protected @Nullable InputStream getInputStream() throws IOException {
        SocketChannel known = usable();
        return known == null ? null : Channels.newInputStream(known);
    }

    @Override
    protected @Nullable OutputStream getOutputStream() throws IOException {
        SocketChannel known = usable();
        return known == null ? null : Channels.newOutputStream(known);
    }

    private @Nullable SocketChannel usable() {
        if (flaw == Flaw.STREAMS_THROW) {
            throw new UnsupportedOperationException("streams");
        }
        return flaw == Flaw.NO_STREAMS ? null : channel;
    }

    @Override
    protected int available() {
        return 0;
    }

    @Override
    protected void close() throws IOException {
        SocketChannel known = channel;
        if (known != null) {
            known.close();
        }
        if (flaw == Flaw.CLOSE_THROWS) {
            throw new IllegalStateException("close");
        } else if (flaw == Flaw.CLOSE_FAILS) {
            throw new IOException("close");
        }
    }

    @Override
    protected void sendUrgentData(int data) {}

    @Override
    public void setOption(int option, Object value) {}

    @Override
    public Object getOption(int option) {
        return 0;
    }
}
