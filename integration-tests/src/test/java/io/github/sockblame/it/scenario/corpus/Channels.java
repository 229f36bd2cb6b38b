// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Programs on channels and selectors. */
public final class Channels {

    private static final int SEVERAL = 3;
    private static final int MANY_ROUNDS = 2000;

    private Channels() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases().about("SocketChannel");
        blocking(cases);
        selectors(cases);
        fails(cases);
        collections(cases);
        interrupts(cases);
        cases.stand();
    }

    private static void blocking(Cases cases) {
        cases.proper("reads to the end, and closes", caseScope -> {
                    try (SocketChannel channel = open(leaving(caseScope))) {
                        readsToEnd(channel);
                        return channel;
                    }
                })
                .leak("reads to the end, and keeps it", "FORGOTTEN", "Channels.readsToEnd", caseScope -> {
                    SocketChannel channel = open(leaving(caseScope));
                    readsToEnd(channel);
                    caseScope.awaitCloseWait(1);
                    return channel;
                })
                .leak("opens " + SEVERAL + ", and never reads", "ABANDONED", "Channels.open", caseScope -> {
                    List<SocketChannel> channels = new ArrayList<>();
                    InetSocketAddress server = leaving(caseScope);
                    for (int i = 0; i < SEVERAL; i++) {
                        channels.add(open(server));
                    }
                    caseScope.awaitCloseWait(SEVERAL);
                    return channels;
                });
    }

    private static void selectors(Cases cases) {
        cases.proper("a loop of a selector closes at the end", caseScope -> {
                    SocketChannel channel = open(leaving(caseScope));
                    selectsToEnd(channel);
                    channel.close();
                    return channel;
                })
                .proper("closes, and selects once more", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    SocketChannel channel = open(server.address());
                    Selector selector = register(channel);
                    closes(channel);
                    int unused = selector.selectNow();
                    return List.of(server, selector);
                })
                .leak(
                        "a loop of a selector cancels the key, and keeps the channel",
                        "FORGOTTEN",
                        "Channels.selectsToEnd",
                        c -> {
                            SocketChannel channel = open(leaving(c));
                            selectsToEnd(channel);
                            c.awaitCloseWait(1);
                            return channel;
                        })
                .leak("closes, and never selects again", "ZOMBIE", "Channels.open", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    SocketChannel channel = open(server.address());
                    Selector selector = register(channel);
                    closes(channel);
                    return List.of(server, selector);
                })
                .leak("registers, never selects, and the server leaves", "ABANDONED", "Channels.open", caseScope -> {
                    SocketChannel channel = open(leaving(caseScope));
                    Selector selector = register(channel);
                    caseScope.awaitCloseWait(1);
                    return List.of(channel, selector);
                });
    }

    private static void fails(Cases cases) {
        cases.proper("a connect that is refused, and a close", caseScope -> {
                    try (SocketChannel channel = connects(refusing(caseScope))) {
                        return channel;
                    }
                })
                .leak("a connect that is refused, without finishConnect", "DEAD FD", "Channels.connects", caseScope -> {
                    InetSocketAddress nobody = refusing(caseScope);
                    List<SocketChannel> channels = new ArrayList<>();
                    for (int i = 0; i < SEVERAL; i++) {
                        channels.add(connects(nobody));
                    }
                    return channels;
                })
                .leak("a reset, and the program ignores the exception", "DEAD FD", "Channels.open", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    SocketChannel channel = open(server.address());
                    CaseScope.await("a guest", server::hasGuest);
                    server.resetAll();
                    try {
                        readsToEnd(channel);
                        throw new AssertionError("no reset");
                    } catch (IOException e) {
                        return channel;
                    }
                });
    }

    private static void collections(Cases cases) {
        cases.proper("drops a channel that is closed", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    awaitCollection(closesAndDrops(server.address()));
                    return server;
                })
                .leak("drops a channel without a close", "COLLECTED", "Channels.open", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    awaitCollection(drops(server.address()));
                    return server;
                })
                .leak("drops a channel at its end without a close", "COLLECTED", "Channels.readsToEnd", caseScope -> {
                    awaitCollection(readsAndDrops(leaving(caseScope)));
                    caseScope.awaitCloseWait(1);
                    return caseScope;
                });
    }

    private static void interrupts(Cases cases) {
        cases.about("ServerSocketChannel")
                .proper("closes a listener in which a thread waits", caseScope -> {
                    ServerSocketChannel listener = listen();
                    Thread accepting = CaseScope.daemon(listener::accept);
                    listener.close();
                    accepting.join();
                    return listener;
                })
                .leak("interrupts a thread in accept while a client connects", "LOST", "Channels.listen", caseScope -> {
                    for (int round = 0; round < MANY_ROUNDS; round++) {
                        Object client = losesOne(caseScope);
                        if (client != null) {
                            return client;
                        }
                    }
                    throw new AssertionError("never lost");
                });
    }

    /** One round; gives the client if the JDK has lost its connection. */
    private static @Nullable Object losesOne(CaseScope caseScope) throws Exception {
        ServerSocketChannel listener = listen();
        SocketChannel.open(listener.getLocalAddress()).close();
        listener.accept().close(); // it has accepted before
        FutureTask<@Nullable SocketChannel> accepting = new FutureTask<>(listener::accept);
        Thread acceptor = new Thread(accepting, "acceptor");
        acceptor.start();
        SocketChannel client = SocketChannel.open();
        client.bind(new InetSocketAddress(caseScope.inetAddress(), 0));
        client.connect(listener.getLocalAddress());
        acceptor.interrupt();
        acceptor.join();
        try {
            SocketChannel accepted = accepting.get();
            if (accepted != null) {
                accepted.close();
            }
        } catch (java.util.concurrent.ExecutionException e) {
            // interrupted: the connection is lost, or was never accepted
        }
        listener.close();
        if (caseScope.hasDescriptorOfGuest(client.socket().getLocalPort())) {
            return client;
        }
        client.close();
        return null;
    }

    private static ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
    }

    private static InetSocketAddress leaving(CaseScope caseScope) throws IOException {
        return Peer.leaving(caseScope.inetAddress(), 0).address();
    }

    private static InetSocketAddress refusing(CaseScope caseScope) throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, caseScope.inetAddress())) {
            return (InetSocketAddress) closed.getLocalSocketAddress();
        }
    }

    private static SocketChannel open(InetSocketAddress server) throws IOException {
        return SocketChannel.open(server);
    }

    private static SocketChannel connects(InetSocketAddress server) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        if (channel.connect(server)) {
            throw new AssertionError("connected");
        }
        return channel;
    }

    private static void closes(SocketChannel channel) throws IOException {
        channel.close();
    }

    private static void readsToEnd(SocketChannel channel) throws IOException {
        ByteBuffer some = ByteBuffer.allocate(10);
        while (channel.read(some) >= 0) {
            some.clear();
        }
    }

    private static Selector register(SocketChannel channel) throws IOException {
        Selector selector = Selector.open();
        channel.configureBlocking(false);
        Object unused = channel.register(selector, SelectionKey.OP_READ);
        int ready = selector.selectNow();
        return ready > 1 ? Selector.open() : selector;
    }

    private static void selectsToEnd(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            ByteBuffer some = ByteBuffer.allocate(10);
            while (key.isValid()) {
                int unused = selector.select();
                selector.selectedKeys().clear();
                if (channel.read(some.clear()) < 0) {
                    key.cancel();
                }
            }
        }
    }

    private static WeakReference<SocketChannel> drops(InetSocketAddress server) throws IOException {
        return new WeakReference<>(open(server));
    }

    private static WeakReference<SocketChannel> closesAndDrops(InetSocketAddress server) throws IOException {
        SocketChannel channel = open(server);
        channel.close();
        return new WeakReference<>(channel);
    }

    private static WeakReference<SocketChannel> readsAndDrops(InetSocketAddress server) throws IOException {
        SocketChannel channel = open(server);
        readsToEnd(channel);
        return new WeakReference<>(channel);
    }

    private static void awaitCollection(WeakReference<?> dropped) throws Exception {
        CaseScope.await("a collection", () -> {
            System.gc();
            return dropped.get() == null;
        });
    }
}
