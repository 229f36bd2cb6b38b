// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.leak;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Opens and closes sockets of many kinds in eight threads, round by round, and stands still between the rounds with a few of them open.
 * Each socket is opened at the end of a stack of its own, as a recursive interpreter does. Argument: the milliseconds of a round.
 */
public final class Soak {

    private static final int THREADS = 8;

    /** By each thread, at the end of a round, however many rounds there were. */
    private static final int HELD = 20;

    /** Frames of one of two methods below each opening: enough for a stack of its own for each socket of the longest run. */
    private static final int PATH_FRAMES = 24;

    /** The ports of one pair of addresses would not do, since each stays in TIME-WAIT for a minute. */
    private static final int PEERS = 8;

    private final List<Peer> patient = new ArrayList<>();
    private final List<Peer> leaving = new ArrayList<>();
    private final long roundNanos;
    private final LongAdder opened = new LongAdder();

    private Soak(long roundMillis) throws IOException {
        roundNanos = TimeUnit.MILLISECONDS.toNanos(roundMillis);
        for (int i = 1; i <= PEERS; i++) {
            InetAddress at = InetAddress.getByName("127.0.2." + i);
            patient.add(Peer.patient(at));
            leaving.add(Peer.leaving(at, 1));
        }
    }

    public static void main(String[] arguments) throws Exception {
        new Soak(Long.parseLong(arguments[0])).run();
    }

    private void run() throws Exception {
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            workers.add(new Worker(i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> Peer.daemon("soak", task));
        for (int round = 1; !Checkpoint.isOver(); round++) {
            for (Future<Boolean> done : threads.invokeAll(workers)) {
                boolean unused = done.get();
            }
            System.out.println("opened-until-" + round + " " + opened.sum());
            Checkpoint.reached("round " + round);
        }
    }

    /** One of the threads. */
    private final class Worker implements Callable<Boolean> {

        private final Random random;
        private final Deque<AutoCloseable> held = new ArrayDeque<>();
        private int path;

        Worker(int number) {
            random = new Random(number);
            path = number << (PATH_FRAMES - 3); // eight threads: three bits
        }

        @Override
        public Boolean call() throws Exception {
            long end = System.nanoTime() + roundNanos;
            while (System.nanoTime() - end < 0) {
                path++;
                held.addLast(next(path, PATH_FRAMES));
                opened.increment();
                if (held.size() > HELD) {
                    held.removeFirst().close();
                }
                if (random.nextInt(100) == 0) {
                    AutoCloseable unused = forget();
                }
            }
            return true;
        }

        /** Nobody closes it but the garbage collector. */
        private AutoCloseable forget() throws IOException {
            return new DatagramSocket();
        }

        /** Each bit of the path is a frame of one of two methods. */
        private AutoCloseable left(int bits, int more) throws Exception {
            return next(bits, more);
        }

        private AutoCloseable right(int bits, int more) throws Exception {
            return next(bits, more);
        }

        private AutoCloseable next(int bits, int more) throws Exception {
            if (more == 0) {
                return open(random.nextInt(8), random.nextInt(PEERS));
            }
            return (bits & 1) == 0 ? left(bits >> 1, more - 1) : right(bits >> 1, more - 1);
        }

        private AutoCloseable open(int kind, int peer) throws Exception {
            InetSocketAddress stays = patient.get(peer).address();
            InetSocketAddress leaves = leaving.get(peer).address();
            return switch (kind) {
                case 0 -> talks(new Socket(stays.getAddress(), stays.getPort()));
                case 1 -> seesItsEnd(new Socket(leaves.getAddress(), leaves.getPort()));
                case 2 -> SocketChannel.open(stays);
                case 3 -> seesItsEnd(SocketChannel.open(leaves));
                case 4 -> connects(AsynchronousSocketChannel.open(), stays);
                case 5 -> accepts(leaves.getAddress());
                case 6 -> SocketChannel.open(StandardProtocolFamily.UNIX);
                default -> new DatagramSocket();
            };
        }

        private AutoCloseable talks(Socket socket) throws IOException {
            socket.getOutputStream().write(1);
            return socket;
        }

        private AutoCloseable seesItsEnd(Socket socket) throws IOException {
            long unused = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            return socket;
        }

        private AutoCloseable seesItsEnd(SocketChannel channel) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(10);
            while (channel.read(buffer) >= 0) {
                buffer.clear();
            }
            return channel;
        }

        private AutoCloseable connects(AsynchronousSocketChannel channel, InetSocketAddress to) throws Exception {
            Object unused = channel.connect(to).get();
            return channel;
        }

        /** A whole life of a server: both ends are of this JVM, and one of them stays. */
        private AutoCloseable accepts(InetAddress at) throws IOException {
            try (ServerSocket listener = new ServerSocket(0, 5, at)) {
                Socket client = new Socket(at, listener.getLocalPort());
                listener.accept().close();
                return client;
            }
        }
    }
}
