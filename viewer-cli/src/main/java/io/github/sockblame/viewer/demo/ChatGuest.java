// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Sends one line to the chat server and closes its side correctly. */
final class ChatGuest {

    private ChatGuest() {}

    static void visit(InetSocketAddress server) throws IOException {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.getOutputStream().write("hello\n".getBytes(US_ASCII));
        }
    }
}
