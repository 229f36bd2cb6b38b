// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Leaks: when a guest has left, it cancels the key and forgets the channel, which stays open. */
final class ChatServer implements AutoCloseable {

    private final ServerSocketChannel listener;
    private final Selector selector;
    private final Queue<SocketChannel> guests = new ConcurrentLinkedQueue<>();
    private final Semaphore gone = new Semaphore(0);
    private final ByteBuffer buffer = ByteBuffer.allocate(256);

    private ChatServer(ServerSocketChannel listener, Selector selector) {
        this.listener = listener;
        this.selector = selector;
    }

    static ChatServer start() throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.configureBlocking(false);
        ChatServer server = new ChatServer(listener, Selector.open());
        listener.register(server.selector, SelectionKey.OP_ACCEPT);
        Thread thread = new Thread(server::serve, "chat-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    /** Waits until this number of guests have left. */
    void awaitGone(int count) throws InterruptedException {
        if (!gone.tryAcquire(count, 30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("guests still here: " + guests.size());
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        listener.close();
    }

    private void serve() {
        try {
            while (selector.isOpen()) {
                selector.select();
                if (selector.isOpen()) {
                    handleEvents();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handleEvents() throws IOException {
        Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
        while (keys.hasNext()) {
            SelectionKey key = keys.next();
            keys.remove();
            if (key.isAcceptable()) {
                onAcceptable();
            } else if (key.isReadable()) {
                onReadable(key);
            }
        }
    }

    private void onAcceptable() throws IOException {
        SocketChannel guest = listener.accept();
        if (guest != null) {
            guests.add(guest);
            guest.configureBlocking(false);
            guest.register(selector, SelectionKey.OP_READ);
        }
    }

    private void onReadable(SelectionKey key) throws IOException {
        SocketChannel guest = (SocketChannel) key.channel();
        buffer.clear();
        if (guest.read(buffer) == -1) {
            key.cancel();
            // The close is missing here. The next select drops the channel, and the descriptor stays open.
            gone.release();
        }
    }
}
