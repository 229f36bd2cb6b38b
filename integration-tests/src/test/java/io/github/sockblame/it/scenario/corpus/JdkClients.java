// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** The two HTTP clients of the JDK. */
public final class JdkClients {

    private JdkClients() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases();
        cases.about("HttpURLConnection")
                .proper("a body read to its end and closed; the connection rests for the next request", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    readAll(httpOrigin.keeping());
                    return httpOrigin;
                })
                .leftAtRest("a connection rests, and the server leaves", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    readAll(httpOrigin.keeping());
                    httpOrigin.leave();
                    caseScope.awaitCloseWait(1);
                    return httpOrigin;
                })
                .leftAtRest("asks two servers, and one leaves", caseScope -> {
                    HttpOrigin leaves = HttpOrigin.of(caseScope);
                    HttpOrigin stays = HttpOrigin.of(caseScope);
                    Object client = readAll(leaves.keeping(), stays.keeping());
                    leaves.leave();
                    caseScope.awaitCloseWait(1);
                    return List.of(stays, client);
                })
                .proper("a body read to its end, then disconnect()", caseScope -> {
                    readAll(HttpOrigin.of(caseScope).closing()).get(0).disconnect();
                    return null;
                })
                .proper("waits for a late answer", JdkClients::waitOnOne)
                .proper("reads a long body slowly, and the server has left", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    Thread reading = CaseScope.daemon(() -> readSlowly(httpOrigin.closing()));
                    caseScope.awaitCloseWait(1);
                    return reading;
                });
        cases.about("java.net.http.HttpClient")
                .proper("a body read to its end; the connection rests for the next request", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    return List.of(httpOrigin, exchange(httpOrigin.keeping()));
                })
                .proper("a connection rests, and the server leaves", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    Object client = exchange(httpOrigin.keeping());
                    httpOrigin.leave();
                    return List.of(httpOrigin, client);
                })
                .proper("waits for a late answer", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    HttpClient client = HttpClient.newHttpClient();
                    Object answer = client.sendAsync(request(httpOrigin.silent()), BodyHandlers.discarding());
                    httpOrigin.awaitQuestion();
                    return List.of(httpOrigin, client, answer);
                });
        cases.about("HttpURLConnection")
                .leak("never reads the body, never closes it", "ABANDONED", "JdkClients.neverReads", caseScope -> {
                    Object connection = neverReads(HttpOrigin.of(caseScope).closing());
                    caseScope.awaitCloseWait(1);
                    return connection;
                })
                .leak("never reads the error stream", "ABANDONED", "JdkClients.ignoresError", caseScope -> {
                    Object connection = ignoresError(HttpOrigin.of(caseScope).failing());
                    caseScope.awaitCloseWait(1);
                    return connection;
                });
        cases.about("java.net.http.HttpClient")
                .leak("never reads the stream of the body", "ABANDONED", "JdkClients.neverReadsStream", caseScope -> {
                    Object response = neverReadsStream(HttpOrigin.of(caseScope).closingLater());
                    caseScope.awaitCloseWait(1);
                    return response;
                });
        cases.about("HttpURLConnection");
        new HttpPoolCases<>(Object::new, (client, uri) -> readAll(uri))
                .restarts(cases)
                .neverCloses(cases, "JdkClients.neverReads", (client, uri) -> neverReads(uri));
        cases.stand();
    }

    private static List<HttpURLConnection> readAll(URI... uris) throws IOException {
        List<HttpURLConnection> connections = new ArrayList<>();
        for (URI uri : uris) {
            HttpURLConnection connection = open(uri);
            try (InputStream body = connection.getInputStream()) {
                byte[] unused = body.readAllBytes();
            }
            connections.add(connection);
        }
        return connections;
    }

    /** Some kilobytes a second, which the stream's buffer turns into a read of the socket now and then. */
    private static Object readSlowly(URI uri) throws Exception {
        try (InputStream body = open(uri).getInputStream()) {
            byte[] some = new byte[256];
            while (body.read(some) >= 0) {
                Thread.sleep(40);
            }
        }
        return uri;
    }

    private static HttpURLConnection ignoresError(URI uri) {
        HttpURLConnection connection = null;
        try {
            connection = open(uri);
            throw new AssertionError(connection.getInputStream() + " of " + uri);
        } catch (IOException e) {
            return requireNonNull(connection); // whose error stream nobody reads
        }
    }

    private static HttpURLConnection open(URI uri) throws IOException {
        return (HttpURLConnection) uri.toURL().openConnection();
    }

    private static HttpURLConnection neverReads(URI uri) throws IOException {
        HttpURLConnection connection = open(uri);
        if (connection.getResponseCode() != 200) {
            throw new AssertionError();
        }
        return connection;
    }

    private static Object waitOnOne(CaseScope caseScope) throws Exception {
        HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
        Thread waiting = CaseScope.daemon(() -> readAll(httpOrigin.silent()));
        httpOrigin.awaitQuestion();
        return List.of(httpOrigin, waiting);
    }

    private static HttpRequest request(URI uri) {
        return HttpRequest.newBuilder(uri).build();
    }

    private static HttpClient exchange(URI uri) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<String> response = client.send(request(uri), BodyHandlers.ofString());
        if (response.body().isEmpty()) {
            throw new AssertionError();
        }
        return client;
    }

    private static Object neverReadsStream(URI uri) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        return List.of(client, client.send(request(uri), BodyHandlers.ofInputStream()));
    }
}
