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
final class JdkClients {

    private JdkClients() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases();
        cases.about("HttpURLConnection")
                .proper("a body read to its end and closed; the connection rests for the next request", scene -> {
                    Origin origin = Origin.of(scene);
                    readAll(origin.keeping());
                    return origin;
                })
                .leftAtRest("a connection rests, and the server leaves", scene -> {
                    Origin origin = Origin.of(scene);
                    readAll(origin.keeping());
                    origin.leave();
                    scene.awaitCloseWait(1);
                    return origin;
                })
                .leftAtRest("asks two servers, and one leaves", scene -> {
                    Origin leaves = Origin.of(scene);
                    Origin stays = Origin.of(scene);
                    Object client = readAll(leaves.keeping(), stays.keeping());
                    leaves.leave();
                    scene.awaitCloseWait(1);
                    return List.of(stays, client);
                })
                .proper("a body read to its end, then disconnect()", scene -> {
                    readAll(Origin.of(scene).closing()).get(0).disconnect();
                    return null;
                })
                .proper("waits for a late answer", JdkClients::waitOnOne)
                .proper("reads a long body slowly, and the server has left", scene -> {
                    Origin origin = Origin.of(scene);
                    Thread reading = Scene.daemon(() -> readSlowly(origin.closing()));
                    scene.awaitCloseWait(1);
                    return reading;
                });
        cases.about("java.net.http.HttpClient")
                .proper("a body read to its end; the connection rests for the next request", scene -> {
                    Origin origin = Origin.of(scene);
                    return List.of(origin, exchange(origin.keeping()));
                })
                .proper("a connection rests, and the server leaves", scene -> {
                    Origin origin = Origin.of(scene);
                    Object client = exchange(origin.keeping());
                    origin.leave();
                    return List.of(origin, client);
                })
                .proper("waits for a late answer", scene -> {
                    Origin origin = Origin.of(scene);
                    HttpClient client = HttpClient.newHttpClient();
                    Object answer = client.sendAsync(request(origin.silent()), BodyHandlers.discarding());
                    origin.awaitQuestion();
                    return List.of(origin, client, answer);
                });
        cases.about("HttpURLConnection")
                .leak("never reads the body, never closes it", "ABANDONED", "JdkClients.neverReads", scene -> {
                    Object connection = neverReads(Origin.of(scene).closing());
                    scene.awaitCloseWait(1);
                    return connection;
                })
                .leak("never reads the error stream", "ABANDONED", "JdkClients.ignoresError", scene -> {
                    Object connection = ignoresError(Origin.of(scene).failing());
                    scene.awaitCloseWait(1);
                    return connection;
                });
        cases.about("java.net.http.HttpClient")
                .leak("never reads the stream of the body", "ABANDONED", "JdkClients.neverReadsStream", scene -> {
                    Object response = neverReadsStream(Origin.of(scene).closingLater());
                    scene.awaitCloseWait(1);
                    return response;
                });
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

    private static Object waitOnOne(Scene scene) throws Exception {
        Origin origin = Origin.of(scene);
        Thread waiting = Scene.daemon(() -> readAll(origin.silent()));
        origin.awaitQuestion();
        return List.of(origin, waiting);
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
