// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Correct: the socket is closed in every case. */
final class InvoiceClient {

    private final InetSocketAddress server;

    InvoiceClient(InetSocketAddress server) {
        this.server = server;
    }

    void fetch() throws IOException {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.getOutputStream().write("invoice 7\n".getBytes(US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }
}
