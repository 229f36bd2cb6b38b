// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The least broker: it greets a client, and reads what comes. */
final class MqttBroker {

    /** CONNACK: the connection is accepted. */
    private static final byte[] WELCOME = {0x20, 2, 0, 0};

    private final ServerSocket listener;
    private final ConcurrentLinkedQueue<Socket> guests = new ConcurrentLinkedQueue<>();

    MqttBroker(CaseScope caseScope) throws IOException {
        listener = new ServerSocket(0, 50, caseScope.inetAddress());
        Peer.daemon("broker", this::serve).start();
    }

    String uri() {
        return "tcp://" + listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
    }

    void leaveAll() throws IOException {
        for (Socket guest : guests) {
            guest.close();
        }
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket guest = listener.accept();
                guests.add(guest);
                Peer.daemon("broker of " + guest.getPort(), () -> welcome(guest))
                        .start();
            } catch (IOException e) {
                // the guest or the listener is gone
            }
        }
    }

    private static void welcome(Socket guest) {
        try (guest) {
            InputStream in = guest.getInputStream();
            int first = in.read();
            guest.getOutputStream().write(WELCOME);
            while (first >= 0) {
                first = in.read();
            }
        } catch (IOException e) {
            // gone
        }
    }
}
