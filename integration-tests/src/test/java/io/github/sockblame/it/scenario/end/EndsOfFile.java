// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.end;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Is told by each kind of read that the peer has closed, and closes nothing. */
public final class EndsOfFile {

    private final List<Object> held = new ArrayList<>();
    private final InetSocketAddress peer;

    private EndsOfFile(InetSocketAddress peer) {
        this.peer = peer;
    }

    public static void main(String[] arguments) throws IOException {
        try (Peer peer = Peer.leaving(0)) {
            EndsOfFile ends = new EndsOfFile(peer.address());
            ends.readStream();
            ends.readChannel();
            ends.readScattered();
            ends.readAdaptor();
            ends.readWithoutBlocking();
            Checkpoint.reached("told", ends.held);
        }
    }

    private void readStream() throws IOException {
        Socket socket = new Socket(peer.getAddress(), peer.getPort());
        held.add(socket);
        expectEnd(socket.getInputStream().read());
    }

    private void readChannel() throws IOException {
        expectEnd(channel().read(ByteBuffer.allocate(8)));
    }

    private void readScattered() throws IOException {
        ByteBuffer[] buffers = {ByteBuffer.allocate(8), ByteBuffer.allocateDirect(8)};
        expectEnd((int) channel().read(buffers));
    }

    private void readAdaptor() throws IOException {
        expectEnd(channel().socket().getInputStream().read());
    }

    private void readWithoutBlocking() throws IOException {
        SocketChannel channel = channel();
        channel.configureBlocking(false);
        int read = 0;
        while (read == 0) {
            read = channel.read(ByteBuffer.allocate(8));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        expectEnd(read);
    }

    private SocketChannel channel() throws IOException {
        SocketChannel channel = SocketChannel.open(peer);
        held.add(channel);
        return channel;
    }

    public static void expectEnd(int read) {
        if (read != -1) {
            throw new AssertionError("read " + read);
        }
    }
}
