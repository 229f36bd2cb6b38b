// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.program;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Sockets that stay open: connections within this JVM, both ends, opened on the given number of stacks. */
final class HeldConnections implements Closeable {

    /** Calls that lie between the program and the opening, beside those that choose the stack: with the JDK's it is about thirty. */
    private static final int DEPTH = 9;

    /** So many calls choose, each of two methods: that makes 256 stacks. */
    private static final int BITS = 8;

    /** Connections that one listener's address takes, well below its range of ports. */
    private static final int ADDRESS_TAKES = 5000;

    private final List<Closeable> sockets = new ArrayList<>();
    private final int stacks;
    private ServerSocket listener = new ServerSocket();

    /**
     * None yet.
     *
     * @param stacks on how many different stacks they are opened; a connection has two, that of each end
     */
    HeldConnections(int stacks) throws IOException {
        this.stacks = stacks;
    }

    int size() {
        return sockets.size();
    }

    /** Opens more until there are so many sockets, the listeners not counted. */
    void growTo(int count) throws IOException {
        while (size() + 2 <= count) {
            int pair = size() / 2;
            if (pair % ADDRESS_TAKES == 0) {
                listener = new ServerSocket(0, 1000, Pair.loopback(200 + pair / ADDRESS_TAKES));
            }
            down(DEPTH, pair % Math.max(1, stacks / 2));
        }
    }

    /** Closes them all. */
    @Override
    public void close() throws IOException {
        for (Closeable socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    private void down(int depth, int path) throws IOException {
        if (depth > 0) {
            down(depth - 1, path);
        } else {
            zero(BITS, path);
        }
    }

    private void zero(int bits, int path) throws IOException {
        if (bits == 0) {
            open();
        } else if ((path & 1) == 0) {
            zero(bits - 1, path >> 1);
        } else {
            one(bits - 1, path >> 1);
        }
    }

    private void one(int bits, int path) throws IOException {
        if (bits == 0) {
            open();
        } else if ((path & 1) == 0) {
            zero(bits - 1, path >> 1);
        } else {
            one(bits - 1, path >> 1);
        }
    }

    private void open() throws IOException {
        sockets.add(new Socket(listener.getInetAddress(), listener.getLocalPort()));
        sockets.add(listener.accept());
    }
}
