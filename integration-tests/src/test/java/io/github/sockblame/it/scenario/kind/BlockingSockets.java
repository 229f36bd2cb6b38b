// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.kind;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** {@code Socket} and {@code ServerSocket}, as most programs use them. */
public final class BlockingSockets {

    private final List<Object> held = new ArrayList<>();
    private final ServerSocket listener;

    public BlockingSockets() throws IOException {
        listener = listen();
        connect();
        accept();
        connect();
        acceptTimed();
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    private void connect() throws IOException {
        held.add(new Socket(listener.getInetAddress(), listener.getLocalPort()));
    }

    private void accept() throws IOException {
        held.add(listener.accept());
    }

    private void acceptTimed() throws IOException {
        listener.setSoTimeout(5000);
        held.add(listener.accept());
    }
}
