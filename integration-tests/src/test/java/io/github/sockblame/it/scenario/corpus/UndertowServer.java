// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.xnio.conduits.ConduitStreamSourceChannel;

/** Undertow, embedded. */
public final class UndertowServer {

    private static final String UPGRADE = "/upgrade";

    private final ServerCases server = new ServerCases();

    public static void main(String[] arguments) throws Exception {
        new UndertowServer().play();
    }

    private void play() throws Exception {
        Cases cases = new Cases().about("Undertow", Undertow.class);
        server.play(cases, start(), "UndertowServer.start");
        cases.leak("keeps an upgraded connection at its end", "FORGOTTEN", "UndertowServer.keepsAtEnd", caseScope -> {
            Socket client = server.request(caseScope, UPGRADE, "Connection: Upgrade", "Upgrade: own");
            if (client.getInputStream().read() != 'H') {
                throw new AssertionError("no answer");
            }
            client.shutdownOutput();
            caseScope.awaitCloseWait(1);
            return client;
        });
        cases.stand();
    }

    private InetSocketAddress start() {
        Undertow undertow = Undertow.builder()
                .addHttpListener(0, InetAddress.getLoopbackAddress().getHostAddress())
                .setHandler(this::answer)
                .build();
        undertow.start();
        return (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
    }

    private void answer(HttpServerExchange exchange) {
        switch (exchange.getRequestPath()) {
            case ServerCases.LATE -> exchange.dispatch((Runnable) server::asked);
            case ServerCases.LATER -> exchange.dispatch(() -> server.asked(exchange::endExchange));
            case UPGRADE ->
                exchange.upgradeChannel((connection, upgraded) -> readUpgraded(connection.getSourceChannel()));
            default -> exchange.getResponseSender().send("ok");
        }
    }

    private static void readUpgraded(ConduitStreamSourceChannel channel) {
        channel.setReadListener(UndertowServer::keepsAtEnd);
        channel.resumeReads();
    }

    /** Reads, and at the end of what there is to read no more. */
    private static void keepsAtEnd(ConduitStreamSourceChannel channel) {
        try {
            if (channel.read(ByteBuffer.allocate(64)) < 0) {
                channel.suspendReads();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
