// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Leaks: reads each answer to its end, and forgets to close. */
final class PaymentClient {

    private final InetSocketAddress server;
    private final Queue<Socket> recent = new ConcurrentLinkedQueue<>();

    PaymentClient(InetSocketAddress server) {
        this.server = server;
    }

    void charge() throws IOException {
        Socket socket = connect();
        socket.getOutputStream().write("charge 9.99\n".getBytes(US_ASCII));
        InputStream answer = socket.getInputStream();
        byte[] buffer = new byte[256];
        while (answer.read(buffer) != -1) {
            // The answer is not needed.
        }
        // The close is missing here.
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(server.getAddress(), server.getPort());
        recent.add(socket);
        return socket;
    }
}
