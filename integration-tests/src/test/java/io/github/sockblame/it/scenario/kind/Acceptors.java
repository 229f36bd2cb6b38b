// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.kind;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * One listener whose acceptor is stuck, of the kind that is named; one whose acceptor has ended, and one that nobody ever accepted from;
 * and two that are well: one with room in its queue, and one that is busy.
 */
public final class Acceptors {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final int BACKLOG = 4;

    private final List<Object> held = new ArrayList<>();
    private final CountDownLatch accepted = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final CountDownLatch allAccepted = new CountDownLatch(6);
    private volatile boolean busy = true;

    private Acceptors() {}

    /** Accepts one connection after the other, without an end. */
    interface Acceptor {
        void accept() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Acceptors program = new Acceptors();
        int port = program.listen(arguments[0]);
        System.out.println("stuck " + port);
        int gone = program.listenUntilGone();
        int nobody = program.listenForNobody();
        int idle = program.listenWithRoom();
        Thread busy = program.listenAndAccept();
        program.connect(port);
        program.accepted.await();
        Checkpoint.reached("ready");

        for (int i = 0; i < BACKLOG - 1; i++) {
            program.connect(port);
        }
        new Socket(HERE, port).close();
        new Socket(HERE, port).close();
        program.connectBeyond(port);
        program.connect(gone);
        program.connect(nobody);
        for (int i = 0; i < 3; i++) {
            program.connect(idle);
        }
        Checkpoint.reached("full", program.held);

        program.mayGoOn.countDown();
        program.allAccepted.await();
        program.busy = false;
        busy.join();
        Checkpoint.reached("empty", program.held);
    }

    private int listen(String kind) throws Exception {
        switch (kind) {
            case "socket" -> {
                ServerSocket listener = hold(new ServerSocket(0, BACKLOG, HERE));
                inThread(() -> hold(listener.accept()));
                return listener.getLocalPort();
            }
            case "virtual" -> {
                ServerSocket listener = hold(new ServerSocket(0, BACKLOG, HERE));
                hold(VirtualThreads.start(() -> serve(() -> hold(listener.accept()))));
                return listener.getLocalPort();
            }
            case "channel" -> {
                ServerSocketChannel listener = hold(ServerSocketChannel.open());
                listener.bind(new InetSocketAddress(HERE, 0), BACKLOG);
                inThread(() -> hold(listener.accept()));
                return port(listener.getLocalAddress());
            }
            case "async" -> {
                // of a fixed pool the thread that accepts runs the handler as well; else another one does
                AsynchronousChannelGroup group =
                        hold(AsynchronousChannelGroup.withFixedThreadPool(2, task -> Peer.daemon("acceptor", task)));
                AsynchronousServerSocketChannel listener = hold(AsynchronousServerSocketChannel.open(group));
                listener.bind(new InetSocketAddress(HERE, 0), BACKLOG);
                listener.accept(null, new AcceptingHandler(listener));
                return port(listener.getLocalAddress());
            }
            default -> throw new IllegalArgumentException(kind);
        }
    }

    private final class AcceptingHandler implements CompletionHandler<AsynchronousSocketChannel, Void> {

        private final AsynchronousServerSocketChannel listener;

        AcceptingHandler(AsynchronousServerSocketChannel listener) {
            this.listener = listener;
        }

        @Override
        public void completed(AsynchronousSocketChannel connection, Void nothing) {
            hold(connection);
            handle();
            listener.accept(null, this);
        }

        @Override
        public void failed(Throwable e, Void nothing) {
            System.out.println(e);
        }
    }

    private void inThread(Acceptor acceptor) {
        Peer.daemon("acceptor", () -> serve(acceptor)).start();
    }

    private void serve(Acceptor acceptor) {
        try {
            while (true) {
                acceptor.accept();
                handle();
            }
        } catch (Exception e) {
            System.out.println(e);
        }
    }

    private void handle() {
        allAccepted.countDown();
        accepted.countDown();
        stuck();
    }

    private void stuck() {
        try {
            mayGoOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int listenUntilGone() throws Exception {
        ServerSocket listener = hold(new ServerSocket(0, 1, HERE));
        Thread acceptor = Peer.daemon("short-lived", () -> {
            try {
                hold(listener.accept());
            } catch (IOException e) {
                System.out.println(e);
            }
        });
        acceptor.start();
        connect(listener.getLocalPort());
        acceptor.join();
        System.out.println("gone " + listener.getLocalPort());
        return listener.getLocalPort();
    }

    private int listenForNobody() throws IOException {
        ServerSocketChannel listener = hold(ServerSocketChannel.open());
        listener.bind(new InetSocketAddress(HERE, 0), 1);
        System.out.println("nobody " + port(listener.getLocalAddress()));
        return port(listener.getLocalAddress());
    }

    private int listenWithRoom() throws IOException {
        ServerSocket listener = hold(new ServerSocket(0, 0, HERE)); // the JDK makes it 50
        System.out.println("idle " + listener.getLocalPort());
        return listener.getLocalPort();
    }

    /** A queue of 2 that is full most of the time, and emptied all the time. */
    private Thread listenAndAccept() throws IOException {
        ServerSocket listener = hold(new ServerSocket(0, 2, HERE));
        System.out.println("busy " + listener.getLocalPort());
        Thread thread = Peer.daemon("busy", () -> {
            try {
                while (busy) {
                    try (Socket first = new Socket(HERE, listener.getLocalPort());
                            Socket second = new Socket(HERE, listener.getLocalPort());
                            Socket other = listener.accept();
                            Socket last = listener.accept()) {
                        first.setSoLinger(true, 0); // leaves no TIME_WAIT
                        second.setSoLinger(true, 0);
                        other.setTcpNoDelay(true);
                        last.setTcpNoDelay(true);
                    }
                }
            } catch (IOException e) {
                System.out.println(e);
            }
        });
        thread.start();
        return thread;
    }

    private void connect(int port) throws IOException {
        hold(new Socket(HERE, port));
    }

    /** One that the kernel does not let in: it stays in SYN-SENT until there is room. */
    private void connectBeyond(int port) throws IOException {
        SocketChannel client = hold(SocketChannel.open());
        client.configureBlocking(false);
        boolean unused = client.connect(new InetSocketAddress(HERE, port));
    }

    private static int port(SocketAddress address) {
        return ((InetSocketAddress) address).getPort();
    }

    private <T> T hold(T thing) {
        synchronized (held) {
            held.add(thing);
        }
        return thing;
    }
}
