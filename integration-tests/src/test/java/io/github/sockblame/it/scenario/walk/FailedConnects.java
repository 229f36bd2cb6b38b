// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Connects that come to nothing. */
final class FailedConnects implements Closeable {

    private static final int SHORT_MILLIS = 3;

    /** Nobody accepts there, and the queue is full. */
    private final ServerSocket full;

    /** Has a port and does not listen, so the kernel refuses; a port that is only free may get a listener meanwhile. */
    private final SocketChannel silent = SocketChannel.open();

    private final List<SocketChannel> waiting = new ArrayList<>();
    private final List<Action> all = new ArrayList<>();

    FailedConnects() throws IOException {
        full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        for (int i = 0; i < 4; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            boolean unused = channel.connect(full.getLocalSocketAddress());
            waiting.add(channel);
        }
        for (boolean virtual : new boolean[] {false, true}) {
            all.add(new Action("Socket", "connect times out", virtual, () -> timeOut(new Socket())));
            all.add(new Action(
                    "SocketChannel.socket()",
                    "connect times out",
                    virtual,
                    () -> timeOut(SocketChannel.open().socket())));
            all.add(new Action("Socket", "connect refused", virtual, () -> refuse(new Socket())));
            all.add(new Action(
                    "SocketChannel.socket()",
                    "connect refused",
                    virtual,
                    () -> refuse(SocketChannel.open().socket())));
            all.add(new Action("SocketChannel", "connect refused", virtual, this::refuseChannel));
            all.add(new Action("SocketChannel", "address unresolved, then close", virtual, FailedConnects::unresolved));
            all.add(new Action(
                    "SocketChannel", "close while a thread connects", virtual, () -> closeConnecting(virtual)));
            all.add(new Action("AsynchronousSocketChannel", "connect refused", virtual, this::refuseAsynchronous));
            all.add(new Action(
                    "AsynchronousSocketChannel", "close while connecting", virtual, this::closeAsynchronous));
            all.add(new Action("SocketChannel with a selector", "connect refused", virtual, this::refuseSelected));
        }
    }

    List<Action> all() {
        return List.copyOf(all);
    }

    private SocketAddress refusing() throws IOException {
        return silent.getLocalAddress();
    }

    private static void expected(boolean failed) {
        if (!failed) {
            throw new IllegalStateException("connected");
        }
    }

    private void timeOut(Socket socket) throws IOException {
        boolean failed = false;
        try {
            socket.connect(full.getLocalSocketAddress(), SHORT_MILLIS);
        } catch (SocketTimeoutException e) {
            failed = true;
        }
        expected(failed);
    }

    private void refuse(Socket socket) throws IOException {
        boolean failed = false;
        try {
            socket.connect(refusing());
        } catch (ConnectException e) {
            failed = true;
        }
        expected(failed);
    }

    private void refuseChannel() throws IOException {
        try (SocketChannel unexpected = SocketChannel.open(refusing())) {
            throw new IllegalStateException("connected: " + unexpected);
        } catch (ConnectException e) {
            // as it should be
        }
    }

    private void refuseSelected() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        boolean failed = false;
        try {
            boolean connected = channel.connect(refusing());
            while (!connected) {
                connected = channel.finishConnect();
            }
        } catch (ConnectException e) {
            failed = true;
        }
        expected(failed);
    }

    private static void unresolved() throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            boolean failed = false;
            try {
                boolean unused = channel.connect(InetSocketAddress.createUnresolved("nobody.invalid", 1));
            } catch (UnresolvedAddressException e) {
                failed = true;
            }
            expected(failed);
        }
    }

    private void closeConnecting(boolean virtual) throws Exception {
        SocketChannel channel = SocketChannel.open();
        Thread connecting = Threads.blockedIn(virtual, () -> channel.connect(full.getLocalSocketAddress()));
        channel.close();
        Threads.awaitEnd(connecting);
    }

    private void refuseAsynchronous() throws Exception {
        AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
        boolean failed = false;
        try {
            Object unused = channel.connect(refusing()).get();
        } catch (ExecutionException e) {
            failed = true;
        }
        expected(failed);
        channel.close();
    }

    private void closeAsynchronous() throws Exception {
        AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
        var connecting = channel.connect(full.getLocalSocketAddress());
        channel.close();
        boolean failed = false;
        try {
            Object unused = connecting.get();
        } catch (ExecutionException e) {
            failed = true;
        }
        expected(failed);
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : waiting) {
            channel.close();
        }
        full.close();
        silent.close();
    }
}
