// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The HTTP server of one case, the JDK's own. */
final class HttpOrigin {

    /** More than a client reads ahead, and less than the kernel takes from a server whose client does not read. */
    private static final int LONG = 48_000;

    /** The same for a client that reads far ahead. */
    private static final int LONGER = 2 * LONG;

    /** How many requests come at once where several do. */
    static final int TOGETHER = 5;

    static {
        System.setProperty("sun.net.httpserver.idleInterval", "600"); // else it closes what rests for half a minute
    }

    private final HttpServer server;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CyclicBarrier together = new CyclicBarrier(TOGETHER);

    private HttpOrigin(InetSocketAddress address) throws IOException {
        server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "origin");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/short", exchange -> {
            keepAlive(exchange);
            answer(exchange, 200, 2);
        });
        server.createContext("/together", exchange -> {
            awaitOthers();
            keepAlive(exchange);
            answer(exchange, 200, 2);
        });
        server.createContext("/last", exchange -> answerLast(exchange, 200, LONG));
        server.createContext("/longer", exchange -> answerLast(exchange, 200, LONGER));
        server.createContext("/fails", exchange -> answerLast(exchange, 500, LONG));
        server.createContext("/never", exchange -> asked.countDown());
        server.start();
    }

    static HttpOrigin of(CaseScope caseScope) throws IOException {
        return new HttpOrigin(new InetSocketAddress(caseScope.inetAddress(), 0));
    }

    /** The next one at the address of one that has left. */
    HttpOrigin restarted() throws IOException {
        return new HttpOrigin(server.getAddress());
    }

    /** Answers with two bytes and keeps the connection. */
    URI keeping() {
        return at("/short");
    }

    /** The same, once there are {@link #TOGETHER} requests that wait. */
    URI keepingTogether() {
        return at("/together");
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

    private static void keepAlive(HttpExchange exchange) {
        exchange.getResponseHeaders()
                .set("Connection", "keep-alive"); // HttpURLConnection heeds the next line with this one alone
        exchange.getResponseHeaders().set("Keep-Alive", "timeout=600"); // else HttpURLConnection gives up after 5 s
    }

    private void awaitOthers() throws IOException {
        try {
            int unused = together.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IOException(e);
        }
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
