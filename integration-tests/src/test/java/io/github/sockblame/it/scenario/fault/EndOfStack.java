// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Descriptors;
import io.github.sockblame.it.scenario.kind.AllKinds;
import io.github.sockblame.it.scenario.kind.FourKinds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Uses sockets at the end of the stack, frame by frame, and says in how many frames that failed, and how many sockets were left open.
 *
 * <p>There the JDK itself leaves locks behind that nobody unlocks. So each frame has a socket of its own, which is not touched again.
 */
public final class EndOfStack {

    private static final int FRAMES = 100;
    private static final int ENOUGH = 10;

    private final InetAddress here = InetAddress.getLoopbackAddress();
    private final List<Object> held = new ArrayList<>();
    private final ServerSocketChannel listener = listener();

    private EndOfStack() throws IOException {}

    public static void main(String[] arguments) throws Exception {
        FourKinds.talk();
        EndOfStack stack = new EndOfStack();
        stack.openChannels();
        stack.acceptChannels();
        stack.readChannels();
        stack.closeChannels();
        stack.openSockets();
        stack.acceptSockets();
        Checkpoint.reached("fallen");
        FourKinds.talk();
        AllKinds.main(arguments);
        Checkpoint.reached("done", stack.held);
    }

    private void openChannels() throws Exception {
        fall(
                "open channel",
                frame -> SocketChannel.open(listener.getLocalAddress()).close());
    }

    private void acceptChannels() throws Exception {
        List<ServerSocketChannel> listeners = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            ServerSocketChannel one = listener();
            listeners.add(one);
            held.add(SocketChannel.open(one.getLocalAddress()));
        }
        held.addAll(listeners);
        fall("accept channel", frame -> listeners.get(frame).accept().close());
    }

    private void readChannels() throws Exception {
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            channels.add(connected());
            listener.accept().close();
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(1);
        fall("read channel", frame -> expectEnd(channels.get(frame).read(buffer)));
        held.addAll(channels);
    }

    private void closeChannels() throws Exception {
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            channels.add(connected());
            held.add(listener.accept());
        }
        held.addAll(channels);
        fall("close channel", frame -> channels.get(frame).close());
    }

    private void openSockets() throws Exception {
        ServerSocket own = new ServerSocket(0, 2 * FRAMES, here);
        held.add(own);
        fall("open socket", frame -> new Socket(here, own.getLocalPort()).close());
    }

    private void acceptSockets() throws Exception {
        List<ServerSocket> listeners = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            ServerSocket one = new ServerSocket(0, 1, here);
            listeners.add(one);
            held.add(new Socket(here, one.getLocalPort()));
        }
        held.addAll(listeners);
        fall("accept socket", frame -> listeners.get(frame).accept().close());
    }

    private static void fall(String what, StackExhaustion.Step step) throws Exception {
        int before = Descriptors.sockets();
        StackExhaustion stackExhaustion = StackExhaustion.with(FRAMES, ENOUGH, step);
        System.out.println(
                what + ": failed " + stackExhaustion.failed() + ", left open " + (Descriptors.sockets() - before) + ", "
                        + stackExhaustion.failures().keySet());
    }

    private static ServerSocketChannel listener() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2 * FRAMES);
    }

    private SocketChannel connected() throws IOException {
        return SocketChannel.open(listener.getLocalAddress());
    }

    private static void expectEnd(int read) {
        if (read != -1) {
            throw new AssertionError("read " + read);
        }
    }
}
