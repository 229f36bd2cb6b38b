// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Programs on asynchronous channels. */
public final class AsyncChannels {

    private static final int SEVERAL = 3;

    private AsyncChannels() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases().about("AsynchronousSocketChannel");
        cases.proper("a handler closes at the end", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    AsynchronousSocketChannel channel = open(server.address());
                    Closes handler = new Closes();
                    channel.read(ByteBuffer.allocate(10), channel, handler);
                    server.leaveAll(1);
                    CaseScope.await("the end", () -> handler.ends.get() == 1);
                    return channel;
                })
                .proper("a read that waits", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    AsynchronousSocketChannel channel = open(server.address());
                    channel.read(ByteBuffer.allocate(10), channel, new Closes());
                    return List.of(server, channel);
                })
                .proper("an accepted channel whose handler closes at the end", caseScope -> {
                    AsynchronousServerSocketChannel listener = listen();
                    Closes handler = new Closes();
                    accepts(listener, handler);
                    caseScope
                            .client((InetSocketAddress) listener.getLocalAddress())
                            .close();
                    CaseScope.await("the end", () -> handler.ends.get() == 1);
                    return listener;
                })
                .leak("a handler ignores the end", "FORGOTTEN", "AsyncChannels$Ignores.completed", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    AsynchronousSocketChannel channel = open(server.address());
                    Ignores handler = new Ignores();
                    channel.read(ByteBuffer.allocate(10), channel, handler);
                    server.leaveAll(1);
                    CaseScope.await("the end", () -> handler.ends.get() == 1);
                    caseScope.awaitCloseWait(1);
                    return channel;
                })
                .leak(
                        "an accepted channel whose handler ignores the end",
                        "FORGOTTEN",
                        "AsyncChannels$Ignores.completed",
                        caseScope -> {
                            AsynchronousServerSocketChannel listener = listen();
                            Ignores handler = new Ignores();
                            accepts(listener, handler);
                            Socket client = caseScope.client((InetSocketAddress) listener.getLocalAddress());
                            CaseScope.await("a read that waits", () -> handler.begins.get() == 1);
                            client.close();
                            CaseScope.await("the end", () -> handler.ends.get() == 1);
                            caseScope.awaitCloseWait(1);
                            return List.of(listener, handler);
                        })
                .leak("opens " + SEVERAL + ", and never reads", "ABANDONED", "AsyncChannels.open", caseScope -> {
                    InetSocketAddress server =
                            Peer.leaving(caseScope.inetAddress(), 0).address();
                    List<AsynchronousSocketChannel> channels = new ArrayList<>();
                    for (int i = 0; i < SEVERAL; i++) {
                        channels.add(open(server));
                    }
                    caseScope.awaitCloseWait(SEVERAL);
                    return channels;
                });
        cases.stand();
    }

    private static AsynchronousSocketChannel open(InetSocketAddress server) throws Exception {
        AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
        Object unused = channel.connect(server).get(20, TimeUnit.SECONDS);
        return channel;
    }

    private static AsynchronousServerSocketChannel listen() throws IOException {
        return AsynchronousServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
    }

    /** Accepts one, and reads it with this handler. */
    private static void accepts(AsynchronousServerSocketChannel listener, Reader handler) {
        listener.accept(handler, new CompletionHandler<AsynchronousSocketChannel, Reader>() {
            @Override
            public void completed(AsynchronousSocketChannel channel, Reader reader) {
                reader.kept.add(channel);
                channel.read(ByteBuffer.allocate(10), channel, reader);
                reader.begins.incrementAndGet();
            }

            @Override
            public void failed(Throwable failure, Reader reader) {
                System.out.println("accept: " + failure);
            }
        });
    }

    /** Reads once, which is the end. */
    private abstract static class Reader implements CompletionHandler<Integer, AsynchronousSocketChannel> {

        final AtomicInteger begins = new AtomicInteger();
        final AtomicInteger ends = new AtomicInteger();
        final List<Object> kept = new ArrayList<>();

        @Override
        public void failed(Throwable failure, AsynchronousSocketChannel channel) {
            System.out.println("read: " + failure);
        }
    }

    private static final class Closes extends Reader {

        @Override
        public void completed(Integer read, AsynchronousSocketChannel channel) {
            try {
                channel.close();
                ends.incrementAndGet();
            } catch (IOException e) {
                System.out.println("close: " + e);
            }
        }
    }

    private static final class Ignores extends Reader {

        @Override
        public void completed(Integer read, AsynchronousSocketChannel channel) {
            ends.incrementAndGet();
        }
    }
}
