// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.leak;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** All its connections are opened at one place, as by a pool; one of the two that use them walks away from them. */
public final class AbandonsPooledConnection {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> forgotten = new ArrayList<>();
    private final List<Socket> held = new ArrayList<>();

    private AbandonsPooledConnection() throws IOException {}

    public static void main(String[] arguments) throws Exception {
        AbandonsPooledConnection program = new AbandonsPooledConnection();
        program.sendInvoice();
        Checkpoint.reached("first", program);
        program.sendInvoice();
        program.placeOrder();
        program.askElsewhere();
        Checkpoint.reached("again", program);
        for (Socket socket : program.forgotten) {
            socket.close();
        }
        Checkpoint.reached("healed", program);
    }

    private Socket take() throws IOException {
        return new Socket(listener.getInetAddress(), listener.getLocalPort());
    }

    /** Uses a connection, and neither reads it to its end nor closes it. */
    private void sendInvoice() throws IOException {
        Socket connection = take();
        forgotten.add(connection);
        try (Socket peer = listener.accept()) {
            peer.getOutputStream().write(1);
            writeInvoice(connection);
            int unused = peer.getInputStream().read();
        }
    }

    private static void writeInvoice(Socket connection) throws IOException {
        connection.getOutputStream().write(1);
    }

    /** Uses a connection that stays open on both sides. */
    private void placeOrder() throws IOException {
        Socket connection = take();
        held.add(connection);
        held.add(listener.accept());
        connection.getOutputStream().write(1);
    }

    /** The same with one of another place. */
    private void askElsewhere() throws IOException {
        Socket connection = openElsewhere();
        held.add(connection);
        held.add(listener.accept());
        connection.getOutputStream().write(1);
    }

    private Socket openElsewhere() throws IOException {
        return new Socket(listener.getInetAddress(), listener.getLocalPort());
    }
}
