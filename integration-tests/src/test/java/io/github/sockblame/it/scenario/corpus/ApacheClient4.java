// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpClientConnection;
import org.apache.http.HttpHost;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.ConnectionRequest;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.util.EntityUtils;

/** Apache HttpClient 4. */
final class ApacheClient4 {

    private ApacheClient4() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases().about("Apache HttpClient", HttpClients.class);
        cases.proper("try-with-resources; the connection rests in the pool", scene -> {
                    Origin origin = Origin.of(scene);
                    return List.of(origin, readAll(origin.keeping()));
                })
                .leftAtRest("a connection rests in the pool, and the server leaves", scene -> {
                    Origin origin = Origin.of(scene);
                    CloseableHttpClient client = readAll(origin.keeping());
                    origin.leave();
                    scene.awaitCloseWait(1);
                    return client;
                })
                .leftAtRest("asks two servers, and one leaves", scene -> {
                    Origin leaves = Origin.of(scene);
                    Origin stays = Origin.of(scene);
                    Object client = readAll(leaves.keeping(), stays.keeping());
                    leaves.leave();
                    scene.awaitCloseWait(1);
                    return List.of(stays, client);
                })
                .proper("a connection rests in the pool, and the client is closed", scene -> {
                    Origin origin = Origin.of(scene);
                    readAll(origin.keeping()).close();
                    return origin;
                })
                .proper(
                        "reads the last answer of a server that leaves",
                        scene -> readAll(Origin.of(scene).closing()))
                .proper("waits for a late answer", scene -> {
                    Origin origin = Origin.of(scene);
                    Thread waiting = Scene.daemon(() -> readAll(origin.silent()));
                    origin.awaitQuestion();
                    return List.of(origin, waiting);
                })
                .leak("never closes the response", "ABANDONED", "ApacheClient4.neverCloses", scene -> {
                    Object response = neverCloses(Origin.of(scene).closing());
                    scene.awaitCloseWait(1);
                    return response;
                })
                .leakAgain(
                        "takes a connection and never gives it back",
                        "ABANDONED",
                        "ApacheClient4.takes",
                        "ApacheClient4.takes",
                        scene -> {
                            Object taken =
                                    takes(Peer.leaving(scene.inetAddress(), 0).address());
                            scene.awaitCloseWait(1);
                            return taken;
                        });
        cases.stand();
    }

    private static CloseableHttpClient readAll(URI... uris) throws IOException {
        CloseableHttpClient client = HttpClients.createDefault();
        for (URI uri : uris) {
            try (CloseableHttpResponse response = client.execute(new HttpGet(uri))) {
                EntityUtils.consume(response.getEntity());
            }
        }
        return client;
    }

    private static Object neverCloses(URI uri) throws IOException {
        CloseableHttpClient client = HttpClients.createDefault();
        return List.of(client, client.execute(new HttpGet(uri)));
    }

    private static Object takes(InetSocketAddress server) throws Exception {
        PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager();
        HttpRoute route = new HttpRoute(new HttpHost(server.getAddress(), server.getPort()));
        ConnectionRequest request = pool.requestConnection(route, null);
        HttpClientConnection connection = request.get(5, TimeUnit.SECONDS);
        pool.connect(connection, route, 5000, HttpClientContext.create());
        return List.of(pool, connection);
    }
}
