// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.EnumSet;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** {@link SSLSocket}: with a socket of its own, or over one that it is given, which it closes or does not. */
final class TlsKind implements Kind {

    private static final Set<Capability> ABILITIES =
            EnumSet.of(Capability.HALF_CLOSE, Capability.RESET, Capability.BLOCK, Capability.RESCUED);
    private static final int LAST_WORD_MILLIS = 5;

    /** Whose socket lies below. */
    enum Below {
        OWN("SSLSocket"),
        GIVEN("SSLSocket over a Socket"),
        LENT("SSLSocket over a Socket (autoClose false)");

        private final String words;

        Below(String words) {
            this.words = words;
        }
    }

    private final SSLContext context;
    private final Below below;

    TlsKind(SSLContext context, Below below) {
        this.context = context;
        this.below = below;
    }

    @Override
    public String name() {
        return below.words;
    }

    @Override
    public Family family() {
        return Family.TLS;
    }

    @Override
    public Side connect(SocketAddress to) throws IOException {
        Socket lower = below == Below.OWN ? context.getSocketFactory().createSocket() : new Socket();
        lower.connect(to);
        SSLSocket upper = (SSLSocket)
                (below == Below.OWN
                        ? lower
                        : context.getSocketFactory()
                                .createSocket(
                                        lower, "localhost", ((InetSocketAddress) to).getPort(), below == Below.GIVEN));
        upper.setUseClientMode(true);
        return new OfTls(below.words, upper, lower);
    }

    @Override
    public Listener listen() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        ServerSocket socket = below == Below.OWN
                ? context.getServerSocketFactory().createServerSocket(0, 5, here)
                : new ServerSocket(0, 5, here);
        return new OfTlsListener(socket);
    }

    /** Closes first TLS and then, if nobody did, what is below. */
    private final class OfTls extends SocketKind.OfSocket {
        private final SSLSocket upper;
        private final Socket lower;

        OfTls(String kind, SSLSocket upper, Socket lower) {
            super(kind, below == Below.LENT ? EnumSet.of(Capability.RESET) : ABILITIES, upper);
            this.upper = upper;
            this.lower = lower;
        }

        @Override
        void begin() throws IOException {
            upper.startHandshake();
        }

        @Override
        void closeIt() throws IOException {
            if (below == Below.LENT) {
                closeUpperThenLower();
            } else {
                upper.close();
            }
        }

        private void closeUpperThenLower() throws IOException {
            try (lower) {
                lower.setSoTimeout(LAST_WORD_MILLIS); // closing waits for the peer's close_notify
                upper.close();
                if (lower.isClosed()) {
                    throw new IllegalStateException("the lower socket was closed with the upper one");
                }
            } catch (SocketException e) {
                // the peer has reset the connection, which closes the lower one as well
            }
        }
    }

    /** Accepts, and leaves the handshake to both sides. */
    private final class OfTlsListener extends Listener {
        private final ServerSocket socket;

        OfTlsListener(ServerSocket socket) {
            super(
                    below == Below.OWN ? "SSLServerSocket" : "ServerSocket",
                    EnumSet.of(Capability.BLOCK, Capability.RESCUED));
            this.socket = socket;
        }

        @Override
        SocketAddress address() {
            return socket.getLocalSocketAddress();
        }

        @Override
        Side accept() throws IOException {
            Socket lower = socket.accept();
            SSLSocket upper = (SSLSocket)
                    (below == Below.OWN
                            ? lower
                            : context.getSocketFactory()
                                    .createSocket(lower, "localhost", lower.getPort(), below == Below.GIVEN));
            upper.setUseClientMode(false);
            return new OfTls(below.words + ", accepted", upper, lower);
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
