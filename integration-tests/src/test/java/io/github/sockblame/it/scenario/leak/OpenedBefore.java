// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.leak;

import io.github.sockblame.it.scenario.Blocked;
import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import io.github.sockblame.it.scenario.end.EndsOfFile;
import io.github.sockblame.it.scenario.kind.TlsKeys;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Opens connections of every kind, stops, is told by each that the peer has closed, stops, and closes one that is registered. */
public final class OpenedBefore {

    private final List<Object> held = new ArrayList<>();

    private OpenedBefore() {}

    public static void main(String[] arguments) throws Exception {
        OpenedBefore program = new OpenedBefore();
        SSLContext tls = TlsKeys.in(Path.of(arguments[0]));
        try (Peer peer = Peer.patient();
                Peer tlsPeer = Peer.greeting(tls.getServerSocketFactory());
                Peer staying = Peer.patient();
                Selector selector = Selector.open()) {
            Socket stream = program.socket("readStream", peer);
            Socket streamOfBlocked = program.socket("readBlocked", peer);
            SocketChannel channel = program.channel("readChannel", peer);
            AsynchronousSocketChannel asynchronous = program.asynchronous("readAsynchronous", peer);
            SSLSocket tlsSocket = program.tlsSocket("readTls", tls, tlsPeer);
            SSLSocket tlsLayer = program.tlsLayer("readTlsLayer", tls, tlsPeer);
            SocketChannel registered = program.channel("closeRegistered", staying);
            registered.configureBlocking(false).register(selector, SelectionKey.OP_READ);
            program.closedListener(selector);
            program.collectedChannel(staying);
            Told told = new Told();
            asynchronous.read(ByteBuffer.allocate(8), null, told);
            Blocked blocked = Blocked.in(() -> streamOfBlocked.getInputStream().read());
            Checkpoint.reached("opened");

            peer.leaveAll(4);
            tlsPeer.leaveAll(2);
            readStream(stream);
            readChannel(channel);
            EndsOfFile.expectEnd(told.result.get());
            readTls(tlsSocket);
            readTlsLayer(tlsLayer);
            blocked.awaitEnd();
            Checkpoint.reached("told");

            closeRegistered(registered);
            Checkpoint.reached("closed", program.held);
        }
    }

    private Socket socket(String name, Peer peer) throws IOException {
        Socket socket = new Socket(peer.address().getAddress(), peer.address().getPort());
        hold(name, socket, socket.getLocalSocketAddress());
        return socket;
    }

    private SocketChannel channel(String name, Peer peer) throws IOException {
        SocketChannel channel = SocketChannel.open(peer.address());
        hold(name, channel, channel.getLocalAddress());
        return channel;
    }

    private AsynchronousSocketChannel asynchronous(String name, Peer peer) throws Exception {
        AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
        Object unused = channel.connect(peer.address()).get();
        hold(name, channel, channel.getLocalAddress());
        return channel;
    }

    private SSLSocket tlsSocket(String name, SSLContext tls, Peer peer) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory()
                .createSocket(peer.address().getAddress(), peer.address().getPort());
        greeted(socket);
        hold(name, socket, socket.getLocalSocketAddress());
        return socket;
    }

    private SSLSocket tlsLayer(String name, SSLContext tls, Peer peer) throws IOException {
        Socket below = new Socket(peer.address().getAddress(), peer.address().getPort());
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(below, "localhost", below.getPort(), true);
        greeted(socket);
        hold(name, socket, below.getLocalSocketAddress());
        return socket;
    }

    private static void greeted(SSLSocket socket) throws IOException {
        if (socket.getInputStream().read() != 0) {
            throw new AssertionError("not greeted");
        }
    }

    /** Closed, and listening still. */
    private void closedListener(Selector selector) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        hold("closedListener", "", channel.getLocalAddress());
        channel.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        channel.close();
    }

    private void collectedChannel(Peer peer) throws IOException {
        WeakReference<SocketChannel> dropped = dropped(peer);
        while (dropped.get() != null) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private WeakReference<SocketChannel> dropped(Peer peer) throws IOException {
        SocketChannel channel = SocketChannel.open(peer.address());
        hold("collectedChannel", "", channel.getLocalAddress());
        return new WeakReference<>(channel);
    }

    /** Prints the port, by which the kernel's row can be found, too. */
    private void hold(String name, Object socket, SocketAddress local) {
        held.add(socket);
        System.out.println(name + " " + ((InetSocketAddress) local).getPort());
    }

    private static void readStream(Socket socket) throws IOException {
        EndsOfFile.expectEnd(socket.getInputStream().read());
    }

    private static void readChannel(SocketChannel channel) throws IOException {
        EndsOfFile.expectEnd(channel.read(ByteBuffer.allocate(8)));
    }

    private static void readTls(SSLSocket socket) throws IOException {
        EndsOfFile.expectEnd(socket.getInputStream().read());
    }

    private static void readTlsLayer(SSLSocket socket) throws IOException {
        EndsOfFile.expectEnd(socket.getInputStream().read());
    }

    private static void closeRegistered(SocketChannel channel) throws IOException {
        channel.close();
    }

    /** Is told in a thread of the channel's group. */
    private static final class Told implements CompletionHandler<Integer, Void> {

        final CompletableFuture<Integer> result = new CompletableFuture<>();

        @Override
        public void completed(Integer read, Void nothing) {
            result.complete(read);
        }

        @Override
        public void failed(Throwable failure, Void nothing) {
            result.completeExceptionally(failure);
        }
    }
}
