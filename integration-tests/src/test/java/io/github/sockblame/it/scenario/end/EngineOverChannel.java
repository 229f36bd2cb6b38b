// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.end;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import io.github.sockblame.it.scenario.kind.TlsChannel;
import io.github.sockblame.it.scenario.kind.TlsKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/** Is told three times by an engine that the peer has closed; once it does no more, once it reads on, and once it closes. */
public final class EngineOverChannel {

    private EngineOverChannel() {}

    public static void main(String[] arguments) throws Exception {
        SSLContext context = TlsKeys.in(Path.of(arguments[0]));
        try (Peer peer = Peer.greeting(context.getServerSocketFactory())) {
            TlsChannel forgets = openForgets(peer, context);
            TlsChannel readsOn = openReadsOn(peer, context);
            TlsChannel closes = openCloses(peer, context);
            Checkpoint.reached("open");
            peer.leaveAll(3);
            forgets.readCloseNotify();
            readsOn.readCloseNotify();
            readOn(readsOn);
            closes.readCloseNotify();
            closes.close();
            Checkpoint.reached("told", forgets, readsOn);
        }
    }

    private static TlsChannel openForgets(Peer peer, SSLContext context) throws IOException {
        return TlsChannel.connect(peer, context);
    }

    private static TlsChannel openReadsOn(Peer peer, SSLContext context) throws IOException {
        return TlsChannel.connect(peer, context);
    }

    private static TlsChannel openCloses(Peer peer, SSLContext context) throws IOException {
        return TlsChannel.connect(peer, context);
    }

    private static void readOn(TlsChannel tls) throws IOException {
        EndsOfFile.expectEnd(tls.channel().read(ByteBuffer.allocate(8)));
    }
}
