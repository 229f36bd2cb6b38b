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
final class HttpOrigin {

    /** More than a client reads ahead, and less than the kernel takes from a server whose client does not read. */
    private static final int LONG = 48_000;

    /** The same for a client that reads far ahead. */
    private static final int LONGER = 2 * LONG;

    private final HttpServer server;
    private final CountDownLatch asked = new CountDownLatch(1);

    private HttpOrigin(CaseScope caseScope) throws IOException {
        server = HttpServer.create(new InetSocketAddress(caseScope.inetAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "origin");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/short", exchange -> {
            exchange.getResponseHeaders()
                    .set("Connection", "keep-alive"); // HttpURLConnection heeds the next line with this one alone
            exchange.getResponseHeaders().set("Keep-Alive", "timeout=600"); // else HttpURLConnection gives up after 5 s
            answer(exchange, 200, 2);
        });
        server.createContext("/last", exchange -> answerLast(exchange, 200, LONG));
        server.createContext("/longer", exchange -> answerLast(exchange, 200, LONGER));
        server.createContext("/fails", exchange -> answerLast(exchange, 500, LONG));
        server.createContext("/never", exchange -> asked.countDown());
        server.start();
    }

    static HttpOrigin of(CaseScope caseScope) throws IOException {
        return new HttpOrigin(caseScope);
    }

    /** Answers with two bytes and keeps the connection. */
    URI keeping() {
        return at("/short");
    }

    /** Answers at length and closes the connection. */
    URI closing() {
        return at("/last");
    }

    /** The same, at twice the length. */
    URI closingLater() {
        return at("/longer");
    }

    /** Tells at length that something is wrong, and closes the connection. */
    URI failing() {
        return at("/fails");
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

    private static void answerLast(HttpExchange exchange, int status, int length) throws IOException {
        exchange.getResponseHeaders().set("Connection", "close");
        answer(exchange, status, length);
    }

    private static void answer(HttpExchange exchange, int status, int length) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, length);
            OutputStream body = exchange.getResponseBody();
            body.write(new byte[length]);
            body.close();
        }
    }
}
