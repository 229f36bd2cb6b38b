// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** {@link AsynchronousSocketChannel} and {@link AsynchronousServerSocketChannel}, with futures or with completion handlers. */
final class AsynchronousKind implements Kind {

    private static final Set<Capability> ABILITIES = EnumSet.of(Capability.HALF_CLOSE, Capability.BLOCK);

    private final boolean handlers;

    AsynchronousKind(boolean handlers) {
        this.handlers = handlers;
    }

    private String name(String kind) {
        return kind + (handlers ? " with handlers" : "");
    }

    @Override
    public String name() {
        return name("AsynchronousSocketChannel");
    }

    @Override
    public Family family() {
        return Family.PLAIN;
    }

    @Override
    public Side connect(SocketAddress to) throws Exception {
        AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
        Object unused = channel.connect(to).get();
        return new OfAsynchronous(name("AsynchronousSocketChannel"), channel);
    }

    @Override
    public Listener listen() throws IOException {
        AsynchronousServerSocketChannel channel = AsynchronousServerSocketChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return new OfListener(channel);
    }

    private static <T> T result(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Tells a future. */
    private static final class Handler<T> implements CompletionHandler<T, CompletableFuture<T>> {

        @Override
        public void completed(T result, CompletableFuture<T> future) {
            future.complete(result);
        }

        @Override
        public void failed(Throwable failure, CompletableFuture<T> future) {
            future.completeExceptionally(failure);
        }
    }

    /** A channel whose reads and writes complete elsewhere. */
    private final class OfAsynchronous extends Side {
        private final AsynchronousSocketChannel channel;

        OfAsynchronous(String kind, AsynchronousSocketChannel channel) {
            super(kind, ABILITIES);
            this.channel = channel;
        }

        @Override
        void write() throws Exception {
            Integer unused = result(channel.write(ByteBuffer.wrap(new byte[1])));
        }

        @Override
        int read() throws Exception {
            ByteBuffer buffer = ByteBuffer.allocate(8);
            if (!handlers) {
                return result(channel.read(buffer));
            }
            CompletableFuture<Integer> future = new CompletableFuture<>();
            channel.read(buffer, future, new Handler<>());
            return result(future);
        }

        @Override
        void closeIt() throws IOException {
            channel.close();
        }

        @Override
        void shutdownOutput() throws IOException {
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

    /** A listener whose accepts complete elsewhere. */
    private final class OfListener extends Listener {
        private final AsynchronousServerSocketChannel channel;

        OfListener(AsynchronousServerSocketChannel channel) {
            super(name("AsynchronousServerSocketChannel"), EnumSet.of(Capability.BLOCK));
            this.channel = channel;
        }

        @Override
        SocketAddress address() throws IOException {
            return channel.getLocalAddress();
        }

        @Override
        Side accept() throws Exception {
            Future<AsynchronousSocketChannel> accepted;
            if (handlers) {
                CompletableFuture<AsynchronousSocketChannel> future = new CompletableFuture<>();
                channel.accept(future, new Handler<>());
                accepted = future;
            } else {
                accepted = channel.accept();
            }
            return new OfAsynchronous(name("AsynchronousSocketChannel") + ", accepted", result(accepted));
        }

        @Override
        void closeIt() throws IOException {
            channel.close();
        }

        @Override
        Object object() {
            return channel;
        }
    }
}
