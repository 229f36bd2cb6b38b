// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.EnumSet;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.jspecify.annotations.Nullable;

/** {@link SSLEngine} over a {@link SocketChannel}. */
final class EngineKind implements Kind {

    private static final String NAME = "SSLEngine over a SocketChannel";
    private static final Set<Capability> ABILITIES =
            EnumSet.of(Capability.HALF_CLOSE, Capability.BLOCK, Capability.INTERRUPT, Capability.LOST_WHEN_COLLECTED);

    private final SSLContext context;

    EngineKind(SSLContext context) {
        this.context = context;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Family family() {
        return Family.TLS;
    }

    @Override
    public Side connect(SocketAddress to) throws IOException {
        return new OfEngine(NAME, SocketChannel.open(to), engine(true));
    }

    private SSLEngine engine(boolean client) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(client);
        return engine;
    }

    @Override
    public Listener listen() throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return new Listener("ServerSocketChannel", EnumSet.noneOf(Capability.class)) {
            @Override
            SocketAddress address() throws IOException {
                return channel.getLocalAddress();
            }

            @Override
            Side accept() throws IOException {
                return new OfEngine(NAME + ", accepted", channel.accept(), engine(false));
            }

            @Override
            void closeIt() throws IOException {
                channel.close();
            }

            @Override
            Object object() {
                return channel;
            }
        };
    }

    /** A channel and its engine, in blocking mode. */
    private static final class OfEngine extends Side {
        private final SocketChannel channel;
        private final SSLEngine engine;
        private final ByteBuffer received;
        private final ByteBuffer clear;

        OfEngine(String kind, SocketChannel channel, SSLEngine engine) {
            super(kind, ABILITIES);
            this.channel = channel;
            this.engine = engine;
            received = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            clear = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
            received.flip(); // nothing yet
        }

        @Override
        void begin() throws IOException {
            engine.beginHandshake();
            HandshakeStatus status = engine.getHandshakeStatus();
            while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
                status = shakeHands(status);
            }
        }

        private HandshakeStatus shakeHands(HandshakeStatus status) throws IOException {
            switch (status) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> {
                    return wrap(0);
                }
                default -> {
                    SSLEngineResult result = unwrap();
                    if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW && receive() < 0) {
                        throw new EOFException("in the handshake");
                    }
                    return result.getHandshakeStatus();
                }
            }
            return engine.getHandshakeStatus();
        }

        private HandshakeStatus wrap(int bytes) throws IOException {
            ByteBuffer packet = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            SSLEngineResult result = engine.wrap(ByteBuffer.allocate(bytes), packet);
            packet.flip();
            while (packet.hasRemaining()) {
                int unused = channel.write(packet);
            }
            return result.getHandshakeStatus();
        }

        private SSLEngineResult unwrap() throws IOException {
            SSLEngineResult result = engine.unwrap(received, clear);
            clear.clear();
            return result;
        }

        private int receive() throws IOException {
            received.compact();
            int read = channel.read(received);
            received.flip();
            return read;
        }

        @Override
        void write() throws IOException {
            HandshakeStatus unused = wrap(1);
        }

        /** Once the engine has seen the close_notify, the end of file of the channel is what is waited for. */
        @Override
        int read() throws IOException {
            SSLEngineResult result = unwrap();
            while (result.bytesProduced() == 0) {
                if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                    engine.getDelegatedTask().run();
                } else if (engine.isInboundDone() || result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                    if (receive() < 0) {
                        return -1;
                    }
                }
                result = unwrap();
            }
            return result.bytesProduced();
        }

        @Override
        void closeIt() throws IOException {
            try (channel) {
                if (!isShut()) {
                    sayGoodbye();
                }
            } catch (IOException e) {
                // the peer has gone already
            }
        }

        private void sayGoodbye() throws IOException {
            engine.closeOutbound();
            HandshakeStatus unused = wrap(0);
        }

        @Override
        void shutdownOutput() throws IOException {
            sayGoodbye();
            channel.shutdownOutput();
        }

        @Override
        Object object() {
            return channel;
        }

        @Override
        @Nullable SocketAddress localAddress() throws IOException {
            return channel.getLocalAddress();
        }

        @Override
        @Nullable SocketAddress remoteAddress() throws IOException {
            return channel.getRemoteAddress();
        }
    }
}
