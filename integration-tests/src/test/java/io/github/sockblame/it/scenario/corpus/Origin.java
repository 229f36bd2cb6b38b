// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** The HTTP server of one case, the JDK's own. */
final class Origin {

    /** More than a client reads ahead, and less than the kernel takes from a server whose client does not read. */
    private static final int LONG = 48_000;

    private final HttpServer server;
    private final CountDownLatch asked = new CountDownLatch(1);

    private Origin(Scene scene) throws IOException {
        server = HttpServer.create(new InetSocketAddress(scene.inetAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "origin");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/short", exchange -> {
            exchange.getResponseHeaders().set("Keep-Alive", "timeout=600"); // else HttpURLConnection gives up after 5 s
            answer(exchange, 2);
        });
        server.createContext("/last", exchange -> {
            exchange.getResponseHeaders().set("Connection", "close");
            answer(exchange, LONG);
        });
        server.createContext("/never", exchange -> asked.countDown());
        server.start();
    }

    static Origin of(Scene scene) throws IOException {
        return new Origin(scene);
    }

    /** Answers with two bytes and keeps the connection. */
    URI keeping() {
        return at("/short");
    }

    /** Answers at length and closes the connection. */
    URI closing() {
        return at("/last");
    }

    /** Does not answer. */
    URI silent() {
        return at("/never");
    }

    void awaitQuestion() throws InterruptedException {
        asked.await();
    }

    private URI at(String path) {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + path);
    }

    /** Closes every connection, and listens no more. */
    void leave() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int length) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, length);
            OutputStream body = exchange.getResponseBody();
            body.write(new byte[length]);
            body.close();
        }
    }
}
