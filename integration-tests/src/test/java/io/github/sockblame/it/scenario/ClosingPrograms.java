// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SocketChannel;

/** Opens connections and closes them again, in every way, with servers of another process. Arguments: the ports of those. */
final class ClosingPrograms {

    private static final int BATCH = 60;
    private static final int BURST = 400;

    private final InetSocketAddress warm;
    private final InetSocketAddress patient;
    private final InetSocketAddress leaving;
    private final InetSocketAddress busy;
    private final ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());

    private ClosingPrograms(String[] ports) throws IOException {
        warm = at(ports[0]);
        patient = at(ports[1]);
        leaving = at(ports[2]);
        busy = at(ports[3]);
    }

    private static InetSocketAddress at(String port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }

    public static void main(String[] ports) throws Exception {
        ClosingPrograms program = new ClosingPrograms(ports);
        program.socket(program.warm);
        program.channel(program.warm);
        program.asynchronousChannel(program.warm);
        System.out.println("listens " + program.listener.getLocalPort());
        Checkpoint.reached("warm");
        for (int i = 0; i < BATCH; i++) {
            program.socket(program.patient);
        }
        Checkpoint.reached("sockets");
        for (int i = 0; i < BATCH; i++) {
            program.channel(program.patient);
        }
        Checkpoint.reached("channels");
        for (int i = 0; i < BATCH; i++) {
            program.asynchronousChannel(program.patient);
        }
        Checkpoint.reached("asynchronous");
        for (int i = 0; i < BATCH; i++) {
            program.askAndWait();
        }
        Checkpoint.reached("second");
        for (int i = 0; i < BATCH; i++) {
            program.acceptAndClose();
        }
        Checkpoint.reached("accepted");
        for (int i = 0; i < BURST; i++) {
            program.hurry();
        }
        try (Socket pooled = new Socket(program.patient.getAddress(), program.patient.getPort())) {
            for (int i = 0; i < BURST; i++) {
                pooled.getOutputStream().write(i);
            }
            Checkpoint.reached("burst", pooled);
        }
    }

    private void socket(InetSocketAddress to) throws IOException {
        new Socket(to.getAddress(), to.getPort()).close();
    }

    private void channel(InetSocketAddress to) throws IOException {
        SocketChannel.open(to).close();
    }

    private void asynchronousChannel(InetSocketAddress to) throws Exception {
        try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
            channel.connect(to).get();
        }
    }

    /** The server closes first. */
    private void askAndWait() throws IOException {
        try (SocketChannel channel = SocketChannel.open(leaving)) {
            ByteBuffer answer = ByteBuffer.allocate(8);
            while (channel.read(answer.clear()) >= 0) {
                // the rest of it
            }
        }
    }

    private void acceptAndClose() throws IOException {
        listener.accept().close();
    }

    private void hurry() throws IOException {
        new Socket(busy.getAddress(), busy.getPort()).close();
    }
}
