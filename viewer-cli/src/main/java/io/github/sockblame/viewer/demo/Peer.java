// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The other side of the shop's clients: reads a line, answers a line, and closes correctly. */
final class Peer implements AutoCloseable {

    private final ServerSocket listener;

    private Peer(ServerSocket listener) {
        this.listener = listener;
    }

    static Peer start() throws IOException {
        Peer peer = new Peer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread thread = new Thread(peer::serve, "peer");
        thread.setDaemon(true);
        thread.start();
        return peer;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket connection = listener.accept()) {
                answer(connection);
            } catch (IOException e) {
                // A failed client reports its own error; a closed listener ends the loop.
            }
        }
    }

    private static void answer(Socket connection) throws IOException {
        // All of the request is read: a close on unread bytes would reset the connection instead of ending it.
        String request = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII)).readLine();
        connection.getOutputStream().write(("done: " + request + "\n").getBytes(US_ASCII));
    }
}
