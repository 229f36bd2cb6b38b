// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.github.sockblame.it.scenario.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The other side of a protocol of lines: greets, gives each line an answer, and stays until the other one leaves or it has to. */
final class TalkingPeer {

    private final ServerSocket listener;
    private final String greeting;
    private final Talk talk;
    private final ConcurrentLinkedQueue<Socket> guests = new ConcurrentLinkedQueue<>();

    /** Gives the answer to a line, without the end of its own line; an empty one is none. */
    interface Talk {

        String answer(String line) throws IOException;
    }

    TalkingPeer(CaseScope caseScope, String greeting, Talk talk) throws IOException {
        this.listener = new ServerSocket(0, 50, caseScope.inetAddress());
        this.greeting = greeting;
        this.talk = talk;
        Peer.daemon("talking peer", this::serve).start();
    }

    String host() {
        return listener.getInetAddress().getHostAddress();
    }

    int port() {
        return listener.getLocalPort();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Closes its side of every connection. */
    void leaveAll() throws IOException {
        for (Socket guest : new ArrayList<>(guests)) {
            guest.close();
        }
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket guest = listener.accept();
                guests.add(guest);
                Peer.daemon("talks with " + guest.getPort(), () -> talkWith(guest))
                        .start();
            } catch (IOException e) {
                // the guest or the listener is gone
            }
        }
    }

    private void talkWith(Socket guest) {
        try (guest) {
            send(guest, greeting);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(guest.getInputStream(), StandardCharsets.US_ASCII));
            String line = in.readLine();
            while (line != null) {
                send(guest, talk.answer(line));
                line = in.readLine();
            }
        } catch (IOException e) {
            // gone, or it had to leave
        }
    }

    private static void send(Socket guest, String text) throws IOException {
        if (!text.isEmpty()) {
            guest.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** A talk in which the answer depends on the first word of the line: words and answers by turns, the last one for all other words. */
    static Talk byFirstWord(String... wordsAndAnswers) {
        List<String> parts = List.of(wordsAndAnswers);
        return line -> {
            String word = line.strip().split(" ", 2)[0].toUpperCase(Locale.ROOT);
            int found = parts.subList(0, parts.size() - 1).indexOf(word);
            return found < 0 ? parts.get(parts.size() - 1) : parts.get(found + 1);
        };
    }
}
