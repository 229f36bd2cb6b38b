// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** Between a client and a server: as long as it is told so, it does not read what the server answers, as if the client stood still. */
public final class StallingProxy implements AutoCloseable {

    private static final int SMALL = 4096;

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** Who has it may read from the server. */
    private final Semaphore reading = new Semaphore(1);

    /** Takes clients at this address, at the port of the server's. */
    public StallingProxy(InetAddress at, InetSocketAddress server) throws IOException {
        this.server = server;
        listener = new ServerSocket(server.getPort(), 50, at);
        start(this::serve);
    }

    /** From now on nothing comes from the server. */
    public void stall() {
        reading.acquireUninterruptibly();
    }

    public void goOn() {
        reading.release();
    }

    private void serve() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            Socket back = new Socket();
            sockets.addAll(List.of(client, back));
            back.setReceiveBufferSize(SMALL);
            back.connect(server);
            start(() -> pass(client, back, false));
            start(() -> pass(back, client, true));
        }
    }

    private void pass(Socket from, Socket to, boolean maybeStalled) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            byte[] bytes = new byte[SMALL];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                to.getOutputStream().write(bytes, 0, read);
                if (maybeStalled) {
                    reading.acquireUninterruptibly();
                    reading.release();
                }
            }
        }
    }

    /** Something that input and output may end. */
    private interface Task {
        void run() throws IOException;
    }

    private static void start(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // one side is gone, and so is the other
                    }
                },
                "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
