// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.kind;

import io.github.sockblame.it.scenario.Peer;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/** TLS by an engine, with a channel below that the engine knows nothing of. */
public final class TlsChannel implements Closeable {

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final ByteBuffer received;
    private final ByteBuffer sent;
    private final ByteBuffer data;

    private TlsChannel(SocketChannel channel, SSLEngine engine) {
        this.channel = channel;
        this.engine = engine;
        received = ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize());
        sent = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        data = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    }

    /** Returns when the peer has shaken hands and sent its first byte. */
    public static TlsChannel connect(Peer peer, SSLContext context) throws IOException {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        TlsChannel tls = new TlsChannel(SocketChannel.open(peer.address()), engine);
        engine.beginHandshake();
        while (tls.data.position() == 0) {
            tls.step();
        }
        return tls;
    }

    public SocketChannel channel() {
        return channel;
    }

    /** Reads until the engine says that the peer has closed; of the channel's own end of file it reads nothing. */
    public void readCloseNotify() throws IOException {
        while (!engine.isInboundDone()) {
            step();
        }
    }

    private void step() throws IOException {
        switch (engine.getHandshakeStatus()) {
            case NEED_WRAP -> send();
            case NEED_TASK -> engine.getDelegatedTask().run();
            default -> receive();
        }
    }

    private void receive() throws IOException {
        received.flip();
        SSLEngineResult result = engine.unwrap(received, data);
        received.compact();
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW && channel.read(received) < 0) {
            throw new EOFException("the channel ended first");
        }
    }

    private void send() throws IOException {
        SSLEngineResult result = engine.wrap(ByteBuffer.allocate(0), sent.clear());
        sent.flip();
        for (int left = result.bytesProduced(); left > 0; ) {
            left -= channel.write(sent);
        }
    }

    /** As it should be: answers, and closes. */
    @Override
    public void close() throws IOException {
        engine.closeOutbound();
        while (!engine.isOutboundDone()) {
            send();
        }
        channel.close();
    }
}
