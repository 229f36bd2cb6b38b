// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.end;

import io.github.sockblame.it.scenario.Blocked;
import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Closes in every usual way: one method a way, which says when it has opened and when it has closed. */
@SuppressWarnings("try") // what is opened is only to be closed
public final class WaysToClose {

    private final Peer peer;

    private WaysToClose(Peer peer) {
        this.peer = peer;
    }

    public static void main(String[] arguments) throws Exception {
        try (Peer peer = Peer.patient()) {
            WaysToClose ways = new WaysToClose(peer);
            ways.plainClose();
            ways.tryWithResources();
            ways.closeOfStream();
            ways.shutdownThenClose();
            ways.closeOfAdaptor();
            ways.closeOfListener();
            ways.closeOfSelected();
            ways.closeWhileReading();
            ways.closeWhileReadingChannel();
            ways.closeWhileAccepting();
            ways.closeWhileAcceptingChannel();
            ways.interruptWhileReading();
            ways.interruptWhileAccepting();
            ways.resetByPeer();
            Checkpoint.reached("done");
        }
    }

    private void plainClose() throws IOException {
        Socket socket = socket();
        Checkpoint.reached("plainClose open");
        socket.close();
        Checkpoint.reached("plainClose closed");
    }

    private void tryWithResources() throws IOException {
        try (Socket socket = socket();
                SocketChannel channel = SocketChannel.open(peer.address())) {
            Checkpoint.reached("tryWithResources open");
        }
        Checkpoint.reached("tryWithResources closed");
    }

    private void closeOfStream() throws IOException {
        Socket socket = socket();
        Checkpoint.reached("closeOfStream open");
        socket.getInputStream().close();
        Checkpoint.reached("closeOfStream closed");
    }

    private void shutdownThenClose() throws IOException {
        SocketChannel channel = SocketChannel.open(peer.address());
        Checkpoint.reached("shutdownThenClose open");
        channel.shutdownOutput();
        int unused = channel.read(ByteBuffer.allocate(1));
        channel.close();
        Checkpoint.reached("shutdownThenClose closed");
    }

    private void closeOfAdaptor() throws IOException {
        SocketChannel channel = SocketChannel.open(peer.address());
        Checkpoint.reached("closeOfAdaptor open");
        channel.socket().close();
        Checkpoint.reached("closeOfAdaptor closed");
    }

    private void closeOfListener() throws IOException {
        try (ServerSocket first = listener();
                ServerSocketChannel second = listenerChannel()) {
            Checkpoint.reached("closeOfListener open");
        }
        Checkpoint.reached("closeOfListener closed");
    }

    private void closeOfSelected() throws IOException {
        try (Selector selector = Selector.open()) {
            SocketChannel channel = SocketChannel.open(peer.address());
            channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
            System.out.println("ready " + selector.selectNow());
            Checkpoint.reached("closeOfSelected open");
            channel.close();
            System.out.println("ready " + selector.selectNow());
            Checkpoint.reached("closeOfSelected closed");
        }
    }

    private void closeWhileReading() throws Exception {
        Socket socket = socket();
        Blocked reader = Blocked.in(() -> socket.getInputStream().read());
        Checkpoint.reached("closeWhileReading open");
        socket.close();
        reader.awaitEnd();
        Checkpoint.reached("closeWhileReading closed");
    }

    private void closeWhileReadingChannel() throws Exception {
        SocketChannel channel = SocketChannel.open(peer.address());
        Blocked reader = Blocked.in(() -> channel.read(ByteBuffer.allocate(1)));
        Checkpoint.reached("closeWhileReadingChannel open");
        channel.close();
        reader.awaitEnd();
        Checkpoint.reached("closeWhileReadingChannel closed");
    }

    private void closeWhileAccepting() throws Exception {
        ServerSocket listener = listener();
        Blocked acceptor = Blocked.in(listener::accept);
        Checkpoint.reached("closeWhileAccepting open");
        listener.close();
        acceptor.awaitEnd();
        Checkpoint.reached("closeWhileAccepting closed");
    }

    private void closeWhileAcceptingChannel() throws Exception {
        ServerSocketChannel listener = listenerChannel();
        Blocked acceptor = Blocked.in(listener::accept);
        Checkpoint.reached("closeWhileAcceptingChannel open");
        listener.close();
        acceptor.awaitEnd();
        Checkpoint.reached("closeWhileAcceptingChannel closed");
    }

    private void interruptWhileReading() throws Exception {
        SocketChannel channel = SocketChannel.open(peer.address());
        Blocked reader = Blocked.in(() -> channel.read(ByteBuffer.allocate(1)));
        Checkpoint.reached("interruptWhileReading open");
        reader.interrupt().awaitEnd();
        Checkpoint.reached("interruptWhileReading closed");
    }

    private void interruptWhileAccepting() throws Exception {
        ServerSocketChannel listener = listenerChannel();
        Blocked acceptor = Blocked.in(listener::accept);
        Checkpoint.reached("interruptWhileAccepting open");
        acceptor.interrupt().awaitEnd();
        Checkpoint.reached("interruptWhileAccepting closed");
    }

    private void resetByPeer() throws IOException {
        try (Socket socket = socket()) {
            while (!peer.hasGuest()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            Checkpoint.reached("resetByPeer open");
            peer.resetAll();
            System.out.println("read " + socket.getInputStream().read());
        } catch (IOException e) {
            System.out.println("reset");
        }
        Checkpoint.reached("resetByPeer closed");
    }

    private Socket socket() throws IOException {
        return new Socket(peer.address().getAddress(), peer.address().getPort());
    }

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    private static ServerSocketChannel listenerChannel() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }
}
