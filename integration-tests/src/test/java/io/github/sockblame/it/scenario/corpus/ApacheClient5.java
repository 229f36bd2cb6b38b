// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Apache HttpClient 5. */
final class ApacheClient5 {

    private ApacheClient5() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases().about("Apache HttpClient", HttpClients.class);
        cases.proper("a response handler; the connection rests in the pool", scene -> {
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
                .leak("never closes the response", "ABANDONED", "ApacheClient5.neverCloses", scene -> {
                    Object response = neverCloses(Origin.of(scene).closing());
                    scene.awaitCloseWait(1);
                    return response;
                })
                .leakAgain(
                        "takes a connection and never gives it back",
                        "ABANDONED",
                        "ApacheClient5.takes",
                        "ApacheClient5.takes",
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
            Object unused = client.execute(new HttpGet(uri), response -> {
                EntityUtils.consume(response.getEntity());
                return "";
            });
        }
        return client;
    }

    private static Object neverCloses(URI uri) throws IOException {
        CloseableHttpClient client = HttpClients.createDefault();
        ClassicHttpResponse response = client.executeOpen(null, new HttpGet(uri), null);
        return List.of(client, response);
    }

    private static Object takes(InetSocketAddress server) throws Exception {
        PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager();
        HttpRoute route = new HttpRoute(new HttpHost(server.getAddress(), server.getPort()));
        ConnectionEndpoint connection = pool.lease("case", route, null).get(Timeout.ofSeconds(5));
        pool.connect(connection, TimeValue.ofSeconds(5), HttpClientContext.create());
        return List.of(pool, connection);
    }
}
