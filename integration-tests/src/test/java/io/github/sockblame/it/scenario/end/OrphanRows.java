// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.end;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Closes channels that a selector holds on to, and drops a channel and a socket without closing them. */
public final class OrphanRows {

    private final List<Object> held = new ArrayList<>();
    private final ServerSocket listener;

    private OrphanRows() throws IOException {
        listener = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
        held.add(listener);
    }

    public static void main(String[] arguments) throws IOException {
        OrphanRows program = new OrphanRows();
        try (Selector selector = Selector.open()) {
            program.closeRegistered(selector);
            program.closeRegisteredListener(selector);
            program.closeRegisteredDatagrams(selector);
            program.properly();
            List<WeakReference<Object>> dropped = List.of(program.dropChannel(), program.dropSocket());
            while (dropped.stream().anyMatch(reference -> reference.get() != null)) {
                System.gc();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            Checkpoint.reached("open");
        } finally {
            Reference.reachabilityFence(program.held);
        }
    }

    private void closeRegistered(Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open(listener.getLocalSocketAddress());
        held.add(listener.accept());
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        channel.close();
    }

    private void closeRegisteredListener(Selector selector) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_ACCEPT);
        channel.close();
    }

    private void closeRegisteredDatagrams(Selector selector) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        channel.close();
    }

    private void properly() throws IOException {
        try (SocketChannel channel = SocketChannel.open(listener.getLocalSocketAddress())) {
            held.add(listener.accept());
            held.add(channel.isConnected());
        }
    }

    private WeakReference<Object> dropChannel() throws IOException {
        WeakReference<Object> channel = new WeakReference<>(SocketChannel.open(listener.getLocalSocketAddress()));
        held.add(listener.accept());
        return channel;
    }

    private WeakReference<Object> dropSocket() throws IOException {
        WeakReference<Object> socket =
                new WeakReference<>(new Socket(listener.getInetAddress(), listener.getLocalPort()));
        held.add(listener.accept());
        return socket;
    }
}
