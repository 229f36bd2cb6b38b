// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Undertow, embedded. */
final class UndertowServer {

    private final ServerCases server = new ServerCases();

    public static void main(String[] arguments) throws Exception {
        new UndertowServer().play();
    }

    private void play() throws Exception {
        Cases cases = new Cases().about("Undertow", Undertow.class);
        server.play(cases, start(), "UndertowServer.start");
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
        if (exchange.getRequestPath().equals(ServerCases.LATE)) {
            exchange.dispatch(server::asked);
        } else {
            exchange.getResponseSender().send("ok");
        }
    }
}
