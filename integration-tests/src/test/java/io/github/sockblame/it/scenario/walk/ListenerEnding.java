// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;

/** What can be done to a listener that nobody connects to. */
enum ListenerEnding {
    CLOSE("close") {
        @Override
        boolean fits(Listener listener) {
            return true;
        }

        @Override
        void apply(Listener listener, WalkState walkState, boolean virtual) throws Exception {
            listener.close();
        }
    },
    CLOSE_BLOCKED("close while a thread accepts") {
        @Override
        boolean fits(Listener listener) {
            return listener.can(Capability.BLOCK);
        }

        @Override
        void apply(Listener listener, WalkState walkState, boolean virtual) throws Exception {
            Thread acceptor = Threads.blockedIn(virtual, listener::accept);
            listener.close();
            Threads.awaitEnd(acceptor);
        }
    },
    INTERRUPT("interrupt of the accepting thread") {
        @Override
        boolean fits(Listener listener) {
            return listener.can(Capability.INTERRUPT);
        }

        @Override
        void apply(Listener listener, WalkState walkState, boolean virtual) throws Exception {
            Thread acceptor = Threads.blockedIn(virtual, listener::accept);
            listener.closedByOthers();
            acceptor.interrupt();
            Threads.awaitEnd(acceptor);
        }
    },
    TIME_OUT("accept times out, then close") {
        @Override
        boolean fits(Listener listener) {
            return listener.object() instanceof ServerSocket;
        }

        @Override
        void apply(Listener listener, WalkState walkState, boolean virtual) throws Exception {
            ServerSocket socket = (ServerSocket) listener.object();
            socket.setSoTimeout(SHORT_MILLIS);
            while (acceptsStranger(socket)) {
                // until none comes
            }
            listener.close();
        }
    },
    CONFLICT("bind refused, then close") {
        @Override
        boolean fits(Listener listener) {
            return listener.object() instanceof ServerSocket;
        }

        @Override
        void apply(Listener listener, WalkState walkState, boolean virtual) throws Exception {
            int port = ((InetSocketAddress) listener.address()).getPort();
            try (ServerSocket second = new ServerSocket(port, 5, InetAddress.getLoopbackAddress())) {
                throw new IllegalStateException("bound twice: " + second);
            } catch (BindException e) {
                listener.close();
            }
        }
    },
    CLOSE_REGISTERED("close, its key not flushed") {
        @Override
        boolean fits(Listener listener) {
            return listener.can(Capability.REGISTER);
        }

        /** It still lets clients in. */
        @Override
        void apply(Listener listener, WalkState walkState, boolean virtual) throws Exception {
            Selector selector = Selector.open();
            ServerSocketChannel channel = (ServerSocketChannel) listener.object();
            int port = channel.getLocalAddress() instanceof InetSocketAddress inet ? inet.getPort() : -1;
            channel.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
            listener.close();
            letIn(port);
            walkState.add(new WalkState.Zombie(selector, listener.kind(), port, 0));
        }

        private void letIn(int port) throws IOException {
            if (port >= 0) {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
            }
        }
    },
    DROP("dropped and collected") {
        @Override
        boolean fits(Listener listener) {
            return listener.can(Capability.RESCUED) || listener.can(Capability.LOST_WHEN_COLLECTED);
        }

        @Override
        void apply(Listener listener, WalkState walkState, boolean virtual) {
            walkState.drop(listener.kind(), listener.object(), listener.can(Capability.RESCUED));
        }
    };

    private static final int SHORT_MILLIS = 3;

    private final String words;

    ListenerEnding(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /**
     * Accepts a client of another program, which had a server at this port before; returns false if none came in time.
     */
    private static boolean acceptsStranger(ServerSocket socket) throws IOException {
        try {
            socket.accept().close();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    abstract boolean fits(Listener listener);

    abstract void apply(Listener listener, WalkState walkState, boolean virtual) throws Exception;
}
