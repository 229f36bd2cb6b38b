// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A healthy program in a heap that has little room: the argument is the number of pairs of connections; each connection has a buffer, and
 * some are at work. The work makes garbage all the time.
 */
public final class TightHeap {

    /** Bytes that the program keeps for a connection, as a server does for a request. */
    private static final int BUFFER = 2048;

    private static final int BACKLOG = 500;
    private static final int WORK = 64 * 1024;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    /** What the program keeps of one connection. */
    private static final class Connection {

        final Socket socket;
        final byte[] buffer = new byte[BUFFER];

        Connection(Socket socket) {
            this.socket = socket;
        }
    }

    private final List<Connection> clients = new ArrayList<>();
    private final List<Connection> servers = new ArrayList<>();

    private TightHeap() {}

    public static void main(String[] arguments) throws Exception {
        TightHeap program = new TightHeap();
        program.connect(Integer.parseInt(arguments[0]));
        Thread worker = new Thread(program::work, "worker");
        worker.setDaemon(true);
        worker.start();
        Checkpoint.reached("at work", program);
    }

    private void connect(int pairs) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < pairs; i++) {
                clients.add(new Connection(new Socket(listener.getInetAddress(), listener.getLocalPort())));
                servers.add(new Connection(listener.accept()));
            }
        }
    }

    private void work() {
        Random random = new Random(1);
        try {
            while (true) {
                int pair = random.nextInt(clients.size());
                clients.get(pair).socket.getOutputStream().write(1);
                byte[] garbage = new byte[WORK];
                garbage[0] = (byte) servers.get(pair).socket.getInputStream().read(servers.get(pair).buffer);
                LockSupport.parkNanos(PAUSE);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
