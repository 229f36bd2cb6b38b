// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.leak;

import io.github.sockblame.it.scenario.Blocked;
import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Connections that are no leaks though they look like some, and beside them what they become when nobody cares for them any more. */
public final class SlowConnections {

    private static final int SOME = 1 << 20;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Object> held = new ArrayList<>();
    private volatile boolean talking = true;

    private SlowConnections() throws IOException {}

    public static void main(String[] arguments) throws Exception {
        SlowConnections program = new SlowConnections();
        program.writeToWhoDoesNotRead();
        program.writeToWhoDoesNotReadAndClosed();
        program.writeToWhoReads();
        program.writeToWhoReadsSlowly();
        CountDownLatch talks = program.talkOn();
        program.closeHalf();
        program.beReset();
        program.neverConnect();
        program.connectToWhoDoesNotAccept();
        talks.await();
        Checkpoint.reached("slow", program.held);
        program.talking = false;
        Checkpoint.reached("silent", program.held);
        Runtime.getRuntime().halt(0); // threads are stuck in sockets, as they should be
    }

    /** A thread blocks, for the other side takes nothing. */
    private void writeToWhoDoesNotRead() throws IOException {
        Socket stuck = openStuck();
        held.add(listener.accept());
        held.add(Blocked.in(() -> writeForEver(stuck)));
    }

    private Socket openStuck() throws IOException {
        return connect();
    }

    /** The same, and the other side has closed its half besides. */
    private void writeToWhoDoesNotReadAndClosed() throws IOException {
        SocketChannel stuck = openStuckAndEnded();
        Socket peer = listener.accept();
        peer.shutdownOutput();
        held.add(peer);
        held.add(Blocked.in(() -> writeForEver(stuck)));
    }

    private SocketChannel openStuckAndEnded() throws IOException {
        return SocketChannel.open(listener.getLocalSocketAddress());
    }

    /** The other side takes all of it: nothing waits. */
    private void writeToWhoReads() throws IOException {
        Socket heard = openHeard();
        Socket peer = listener.accept();
        Thread reader = Peer.daemon("reader", () -> readAll(peer));
        reader.start();
        heard.getOutputStream().write(new byte[SOME]);
        held.add(List.of(heard, peer));
    }

    private Socket openHeard() throws IOException {
        return connect();
    }

    /** A thread writes all the time, and the other side takes it piece by piece. */
    private void writeToWhoReadsSlowly() throws IOException {
        Socket slow = openSlowlyHeard();
        Socket peer = listener.accept();
        held.add(List.of(slow, peer));
        Peer.daemon("slow reader", () -> readSlowly(peer)).start();
        held.add(Blocked.in(() -> writeForEver(slow)));
    }

    private Socket openSlowlyHeard() throws IOException {
        return connect();
    }

    /** The other side has said all it had to say, is told more and more, and then nothing more. */
    private CountDownLatch talkOn() throws IOException {
        Socket talked = openTalkedOn();
        Socket peer = listener.accept();
        peer.shutdownOutput();
        held.add(List.of(talked, peer));
        CountDownLatch begun = new CountDownLatch(1);
        Peer.daemon("reader", () -> readAll(peer)).start();
        Peer.daemon("talker", () -> talk(talked, begun)).start();
        return begun;
    }

    private Socket openTalkedOn() throws IOException {
        return connect();
    }

    private void talk(Socket socket, CountDownLatch begun) {
        try {
            System.out.println("told " + socket.getInputStream().read());
            while (talking) {
                socket.getOutputStream().write(1);
                begun.countDown();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        } catch (IOException e) {
            System.out.println("talks no more: " + e);
        }
    }

    /** We have said all we had to say; the other side has not closed. */
    private void closeHalf() throws IOException {
        Socket half = openHalf();
        Socket peer = listener.accept();
        half.shutdownOutput();
        peer.getInputStream().read();
        held.add(List.of(half, peer));
    }

    private Socket openHalf() throws IOException {
        return connect();
    }

    /** The other side is gone with a reset, and nobody reads it. */
    private void beReset() throws IOException {
        Socket dead = openDead();
        Socket peer = listener.accept();
        peer.setSoLinger(true, 0);
        peer.close();
        held.add(dead);
    }

    private Socket openDead() throws IOException {
        return connect();
    }

    private void neverConnect() throws IOException {
        held.add(SocketChannel.open());
    }

    /** The accept queue of the other side is full, so that nobody answers. */
    private void connectToWhoDoesNotAccept() throws IOException {
        ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(full);
        for (int i = 0; i < 2; i++) {
            held.add(new Socket(full.getInetAddress(), full.getLocalPort()));
        }
        Socket waiting = new Socket();
        held.add(Blocked.in(() -> {
            connectInVain(waiting, new InetSocketAddress(full.getInetAddress(), full.getLocalPort()));
            return "no";
        }));
    }

    private static void connectInVain(Socket socket, InetSocketAddress address) throws IOException {
        socket.connect(address);
    }

    private static String writeForEver(Socket socket) throws IOException {
        while (true) {
            socket.getOutputStream().write(new byte[SOME]);
        }
    }

    private static String writeForEver(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(SOME);
        while (channel.isOpen()) {
            channel.write(buffer.clear());
        }
        return "closed";
    }

    private static void readSlowly(Socket socket) {
        try {
            byte[] piece = new byte[SOME / 16];
            while (socket.getInputStream().read(piece) >= 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void readAll(Socket socket) {
        try {
            while (socket.getInputStream().read(new byte[SOME]) >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            // closed
        }
    }

    private Socket connect() throws IOException {
        return new Socket(listener.getInetAddress(), listener.getLocalPort());
    }
}
