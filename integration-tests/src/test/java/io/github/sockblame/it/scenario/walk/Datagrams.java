// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/** {@link DatagramSocket}, {@link MulticastSocket} and {@link DatagramChannel}: a few are held, and end in every way. */
final class Datagrams {

    private static final int MOST_HELD = 6;

    private final WalkState walkState;
    private final ConcurrentLinkedDeque<AutoCloseable> held = new ConcurrentLinkedDeque<>();
    private final List<Action> all = new ArrayList<>();

    Datagrams(WalkState walkState) {
        this.walkState = walkState;
        for (boolean virtual : new boolean[] {false, true}) {
            addSocket("DatagramSocket", virtual, () -> new DatagramSocket(anyPort()));
            addSocket("MulticastSocket", virtual, () -> new MulticastSocket(anyPort()));
            addSocket(
                    "DatagramChannel.socket()",
                    virtual,
                    () -> DatagramChannel.open().bind(anyPort()).socket());
            add("DatagramChannel", "opened and held", virtual, () -> hold(channel()));
            add("DatagramChannel", "close", virtual, () -> closeOne(channel()));
            add("DatagramChannel", "bytes exchanged, then close", virtual, Datagrams::exchangeOnChannel);
            add("DatagramChannel", "close while a thread receives", virtual, () -> closeReceiving(virtual));
            add("DatagramChannel", "interrupt of the receiving thread", virtual, () -> interruptReceiving(virtual));
            add("DatagramChannel", "dropped and collected", virtual, () -> drop("DatagramChannel", channel()));
        }
    }

    List<Action> all() {
        return List.copyOf(all);
    }

    /** Opens one. */
    @FunctionalInterface
    private interface Opening {
        DatagramSocket open() throws IOException;
    }

    private void add(String kind, String name, boolean virtual, Action.Body body) {
        all.add(new Action(kind, name, virtual, body));
    }

    private void addSocket(String kind, boolean virtual, Opening opening) {
        add(kind, "opened and held", virtual, () -> hold(opening.open()));
        add(kind, "close", virtual, () -> closeOne(opening.open()));
        add(kind, "bytes exchanged, then close", virtual, () -> exchange(opening));
        add(kind, "receive times out, then close", virtual, () -> timeOut(opening.open()));
        add(kind, "close while a thread receives", virtual, () -> closeReceiving(opening.open(), virtual));
        if (!kind.startsWith("DatagramChannel")) {
            add(kind, "dropped and collected", virtual, () -> drop(kind, opening.open()));
        }
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static DatagramChannel channel() throws IOException {
        return DatagramChannel.open().bind(anyPort());
    }

    private void hold(AutoCloseable socket) throws Exception {
        held.add(socket);
        if (held.size() > MOST_HELD) {
            closeOne(held.poll());
        }
    }

    private static void closeOne(AutoCloseable socket) throws Exception {
        socket.close();
    }

    private void drop(String kind, Object socket) {
        walkState.drop(kind, socket, true);
    }

    private static void exchange(Opening opening) throws IOException {
        try (DatagramSocket one = opening.open();
                DatagramSocket other = opening.open()) {
            one.send(new DatagramPacket(new byte[0], 0, other.getLocalSocketAddress())); // empty: no end of file
            other.receive(new DatagramPacket(new byte[8], 8));
        }
    }

    private static void exchangeOnChannel() throws IOException {
        try (DatagramChannel one = channel();
                DatagramChannel other = channel()) {
            one.connect(other.getLocalAddress());
            other.connect(one.getLocalAddress());
            int unused = one.write(ByteBuffer.allocate(1)) + other.read(ByteBuffer.allocate(8));
        }
    }

    private static void timeOut(DatagramSocket socket) throws IOException {
        try (socket) {
            socket.setSoTimeout(3);
            socket.receive(new DatagramPacket(new byte[8], 8));
            throw new IllegalStateException("received");
        } catch (SocketTimeoutException e) {
            // as it should be
        }
    }

    private static void closeReceiving(DatagramSocket socket, boolean virtual) throws Exception {
        Thread receiver = Threads.blockedIn(virtual, () -> socket.receive(new DatagramPacket(new byte[8], 8)));
        socket.close();
        Threads.awaitEnd(receiver);
    }

    private static void closeReceiving(boolean virtual) throws Exception {
        DatagramChannel channel = channel();
        Thread receiver = Threads.blockedIn(virtual, () -> channel.receive(ByteBuffer.allocate(8)));
        channel.close();
        Threads.awaitEnd(receiver);
    }

    private static void interruptReceiving(boolean virtual) throws Exception {
        DatagramChannel channel = channel();
        Thread receiver = Threads.blockedIn(virtual, () -> channel.receive(ByteBuffer.allocate(8)));
        receiver.interrupt();
        Threads.awaitEnd(receiver);
    }
}
