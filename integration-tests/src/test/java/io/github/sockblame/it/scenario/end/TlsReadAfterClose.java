// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.end;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import io.github.sockblame.it.scenario.kind.TlsKeys;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/** Reads on from TLS sockets that it has closed, whose descriptors are free or somebody else's by then. */
public final class TlsReadAfterClose {

    private TlsReadAfterClose() {}

    public static void main(String[] arguments) throws Exception {
        SSLContext context = TlsKeys.in(Path.of(arguments[0]));
        List<Socket> held = new ArrayList<>();
        try (Peer tlsPeer = Peer.greeting(context.getServerSocketFactory());
                Peer peer = Peer.patient()) {
            InputStream first = closed(context, tlsPeer);
            InputStream second = closed(context, tlsPeer);
            EndsOfFile.expectEnd(first.read());
            for (int i = 0; i < 4; i++) {
                held.add(openAfterwards(peer));
            }
            EndsOfFile.expectEnd(first.read());
            EndsOfFile.expectEnd(second.read());
            Checkpoint.reached("read", held);
        }
    }

    private static InputStream closed(SSLContext context, Peer peer) throws Exception {
        try (Socket socket = context.getSocketFactory()
                .createSocket(peer.address().getAddress(), peer.address().getPort())) {
            InputStream in = socket.getInputStream();
            if (in.read() != 0) {
                throw new AssertionError("not greeted");
            }
            return in;
        }
    }

    private static Socket openAfterwards(Peer peer) throws Exception {
        return new Socket(peer.address().getAddress(), peer.address().getPort());
    }
}
