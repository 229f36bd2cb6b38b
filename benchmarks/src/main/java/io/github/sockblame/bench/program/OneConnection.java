// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.program;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Opens a listener and connects to it once. */
public final class OneConnection {

    private OneConnection() {}

    public static void main(String[] arguments) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket accepted = listener.accept()) {
            accepted.getOutputStream().write(1);
            System.out.println(client.getInputStream().read());
        }
    }
}
