// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.end;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SocketChannel;

/** Opens connections and closes them again, in every way, with servers of another process. Arguments: the ports of those, at {@link #apart}. */
public final class ClosingPrograms {

    private static final int BATCH = 40;
    private static final int BURST = 400;

    private final InetSocketAddress warm;
    private final InetSocketAddress ofSockets;
    private final InetSocketAddress ofChannels;
    private final InetSocketAddress ofAsynchronous;
    private final InetSocketAddress leaving;
    private final InetSocketAddress busy;
    private final InetSocketAddress pooled;
    private final ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());

    private ClosingPrograms(String[] ports) throws IOException {
        warm = at(ports[0]);
        ofSockets = at(ports[1]);
        ofChannels = at(ports[2]);
        ofAsynchronous = at(ports[3]);
        leaving = at(ports[4]);
        busy = at(ports[5]);
        pooled = at(ports[6]);
    }

    /** A loopback address that nobody else uses. */
    public static InetAddress apart() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 7, 1});
    }

    private static InetSocketAddress at(String port) throws IOException {
        return new InetSocketAddress(apart(), Integer.parseInt(port));
    }

    public static void main(String[] ports) throws Exception {
        ClosingPrograms program = new ClosingPrograms(ports);
        program.socket(program.warm);
        program.channel(program.warm);
        program.asynchronousChannel(program.warm);
        System.out.println("listens " + program.listener.getLocalPort());
        Checkpoint.reached("warm");
        for (int i = 0; i < BATCH; i++) {
            program.socket(program.ofSockets);
        }
        Checkpoint.reached("sockets");
        for (int i = 0; i < BATCH; i++) {
            program.channel(program.ofChannels);
        }
        Checkpoint.reached("channels");
        for (int i = 0; i < BATCH; i++) {
            program.asynchronousChannel(program.ofAsynchronous);
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
        try (Socket kept = new Socket(program.pooled.getAddress(), program.pooled.getPort())) {
            for (int i = 0; i < BURST; i++) {
                kept.getOutputStream().write(i);
            }
            Checkpoint.reached("burst", kept);
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
