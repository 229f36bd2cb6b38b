// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link Socket} and {@link ServerSocket}: their own, or the adaptors of channels. */
final class SocketKind implements Kind {

    private static final Set<Capability> OF_SOCKETS = EnumSet.of(
            Capability.HALF_CLOSE,
            Capability.RESET,
            Capability.CLOSE_BY_STREAM,
            Capability.BLOCK,
            Capability.INTERRUPT_VIRTUAL,
            Capability.RESCUED);
    private static final Set<Capability> OF_ADAPTORS =
            EnumSet.of(Capability.HALF_CLOSE, Capability.RESET, Capability.CLOSE_BY_STREAM, Capability.BLOCK);

    private final boolean adaptors;

    SocketKind(boolean adaptors) {
        this.adaptors = adaptors;
    }

    @Override
    public String name() {
        return adaptors ? "SocketChannel.socket()" : "Socket";
    }

    @Override
    public Family family() {
        return Family.PLAIN;
    }

    @Override
    public Side connect(SocketAddress to) throws IOException {
        Socket socket = adaptors ? SocketChannel.open().socket() : new Socket();
        socket.connect(to);
        return adaptors
                ? new OfSocket("SocketChannel.socket()", OF_ADAPTORS, socket)
                : new OfSocket("Socket", OF_SOCKETS, socket);
    }

    @Override
    public Listener listen() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ServerSocket socket = adaptors ? ServerSocketChannel.open().socket() : new ServerSocket();
        socket.bind(any);
        return new OfServerSocket(socket);
    }

    /** A socket with streams. */
    static class OfSocket extends Side {
        private final Socket socket;

        OfSocket(String kind, Set<Capability> abilities, Socket socket) {
            super(kind, abilities);
            this.socket = socket;
        }

        @Override
        void write() throws IOException {
            socket.getOutputStream().write(1);
        }

        @Override
        int read() throws IOException {
            return socket.getInputStream().read(new byte[8]);
        }

        @Override
        void closeIt() throws IOException {
            socket.close();
        }

        @Override
        void closeByStream() throws IOException {
            socket.getInputStream().close();
        }

        @Override
        void shutdownOutput() throws IOException {
            socket.shutdownOutput();
        }

        @Override
        void lingerNot() throws IOException {
            socket.setSoLinger(true, 0);
        }

        @Override
        Object object() {
            return socket;
        }

        @Override
        @Nullable SocketAddress localAddress() {
            return socket.getLocalSocketAddress();
        }

        @Override
        @Nullable SocketAddress remoteAddress() {
            return socket.getRemoteSocketAddress();
        }
    }

    /** A listener of sockets with streams. */
    private final class OfServerSocket extends Listener {
        private final ServerSocket socket;

        OfServerSocket(ServerSocket socket) {
            super(
                    adaptors ? "ServerSocketChannel.socket()" : "ServerSocket",
                    adaptors ? EnumSet.of(Capability.BLOCK) : EnumSet.of(Capability.BLOCK, Capability.RESCUED));
            this.socket = socket;
        }

        @Override
        SocketAddress address() {
            return socket.getLocalSocketAddress();
        }

        @Override
        Side accept() throws IOException {
            Socket accepted = socket.accept();
            return adaptors
                    ? new OfSocket("SocketChannel.socket(), accepted", OF_ADAPTORS, accepted)
                    : new OfSocket("Socket, accepted", OF_SOCKETS, accepted);
        }

        @Override
        void closeIt() throws IOException {
            socket.close();
        }

        @Override
        Object object() {
            return socket;
        }
    }
}
