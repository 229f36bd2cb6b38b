// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.kind;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Interrupts a thread in accept just when a connection comes, until so many connections were accepted by the kernel and given to
 * nobody. It counts them by the descriptors of the process.
 */
public final class InterruptedAccepts {

    private final String kind;
    private final boolean virtual;
    private final List<Object> held = new ArrayList<>();

    private InterruptedAccepts(String kind, boolean virtual) {
        this.kind = kind;
        this.virtual = virtual;
    }

    public static void main(String[] arguments) throws Exception {
        InterruptedAccepts program = new InterruptedAccepts(arguments[0], arguments[1].equals("virtual"));
        int rounds = Integer.parseInt(arguments[2]);
        int enough = Integer.parseInt(arguments[3]);
        program.withoutInterrupt();
        int lost = 0;
        for (int round = 0; round < rounds && lost < enough; round++) {
            lost += program.isLostByInterrupt() ? 1 : 0;
        }
        Checkpoint.reached("lost " + lost, program.held);
    }

    private void withoutInterrupt() throws Exception {
        Listener listener = listen();
        held.add(listener);
        for (int i = 0; i < 3; i++) {
            held.add(acceptOne(listener));
        }
    }

    /** Both ends of a connection. */
    private List<Closeable> acceptOne(Listener listener) throws Exception {
        FutureTask<Closeable> accepting = new FutureTask<>(listener::accept);
        Thread acceptor = start(accepting);
        Socket client = connect(listener);
        acceptor.join();
        return List.of(accepting.get(), client);
    }

    /** One round of a server that has accepted before; what is not lost is closed. */
    private boolean isLostByInterrupt() throws Exception {
        int before = OwnDescriptors.internetSockets();
        Listener listener = listen();
        for (Closeable end : acceptOne(listener)) {
            end.close();
        }
        FutureTask<Closeable> accepting = new FutureTask<>(listener::accept);
        Thread acceptor = start(accepting);
        Socket client = connect(listener);
        acceptor.interrupt();
        acceptor.join();
        try (Closeable accepted = accepting.get()) {
            held.add(accepted.getClass());
        } catch (ExecutionException e) {
            // accept was interrupted: the connection is lost, or was never accepted
        }
        listener.socket.close();
        boolean lost = OwnDescriptors.internetSockets() > before + 1; // the client's
        if (lost) {
            held.add(client);
        } else {
            client.close();
        }
        return lost;
    }

    private Thread start(Runnable task) throws ReflectiveOperationException {
        return virtual ? VirtualThreads.start(task) : startPlatform(task);
    }

    private static Thread startPlatform(Runnable task) {
        Thread thread = new Thread(task, "acceptor");
        thread.start();
        return thread;
    }

    private Listener listen() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        if (kind.equals("socket")) {
            ServerSocket socket = new ServerSocket(0, 5, here);
            return new Listener(socket, socket::accept, socket.getLocalPort());
        }
        ServerSocketChannel channel = ServerSocketChannel.open().bind(new InetSocketAddress(here, 0));
        ServerSocket adaptor = channel.socket();
        return new Listener(
                channel, kind.equals("adaptor") ? adaptor::accept : channel::accept, adaptor.getLocalPort());
    }

    private static Socket connect(Listener listener) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), listener.port);
    }

    /** A listener of whatever kind. */
    private record Listener(Closeable socket, Callable<Closeable> accepting, int port) {

        Closeable accept() throws Exception {
            return accepting.call();
        }
    }
}
