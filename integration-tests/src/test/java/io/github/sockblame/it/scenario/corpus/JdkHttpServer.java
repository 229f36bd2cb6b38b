// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The HTTP server of the JDK. */
public final class JdkHttpServer {

    private final ServerCases server = new ServerCases();

    private JdkHttpServer() {}

    public static void main(String[] arguments) throws Exception {
        new JdkHttpServer().play();
    }

    private void play() throws Exception {
        Cases cases = new Cases().about("com.sun.net.httpserver");
        server.play(cases, start(), "JdkHttpServer.start");
        cases.stand();
    }

    private InetSocketAddress start() throws IOException {
        HttpServer jdk = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        jdk.createContext(ServerCases.SHORT, JdkHttpServer::answer);
        jdk.createContext(ServerCases.LATE, exchange -> server.asked());
        jdk.createContext(ServerCases.LATER, exchange -> server.asked(exchange::close));
        jdk.start();
        return jdk.getAddress();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] ok = "ok".getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(200, ok.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(ok);
        }
    }
}
