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
public final class ApacheClient4 {

    private ApacheClient4() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases().about("Apache HttpClient", HttpClients.class);
        cases.proper("try-with-resources; the connection rests in the pool", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    return List.of(httpOrigin, readAll(httpOrigin.keeping()));
                })
                .leftAtRest("a connection rests in the pool, and the server leaves", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    CloseableHttpClient client = readAll(httpOrigin.keeping());
                    httpOrigin.leave();
                    caseScope.awaitCloseWait(1);
                    return client;
                })
                .leftAtRest("asks two servers, and one leaves", caseScope -> {
                    HttpOrigin leaves = HttpOrigin.of(caseScope);
                    HttpOrigin stays = HttpOrigin.of(caseScope);
                    Object client = readAll(leaves.keeping(), stays.keeping());
                    leaves.leave();
                    caseScope.awaitCloseWait(1);
                    return List.of(stays, client);
                })
                .proper("a connection rests in the pool, and the client is closed", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    readAll(httpOrigin.keeping()).close();
                    return httpOrigin;
                })
                .proper(
                        "reads the last answer of a server that leaves",
                        caseScope -> readAll(HttpOrigin.of(caseScope).closing()))
                .proper("waits for a late answer", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    Thread waiting = CaseScope.daemon(() -> readAll(httpOrigin.silent()));
                    httpOrigin.awaitQuestion();
                    return List.of(httpOrigin, waiting);
                })
                .leak("never closes the response", "ABANDONED", "ApacheClient4.neverCloses", caseScope -> {
                    Object response = neverCloses(HttpOrigin.of(caseScope).closing());
                    caseScope.awaitCloseWait(1);
                    return response;
                })
                .leakAgain(
                        "takes a connection and never gives it back",
                        "ABANDONED",
                        "ApacheClient4.takes",
                        "ApacheClient4.takes",
                        caseScope -> {
                            Object taken = takes(
                                    Peer.leaving(caseScope.inetAddress(), 0).address());
                            caseScope.awaitCloseWait(1);
                            return taken;
                        });
        new HttpPoolCases<>(ApacheClient4::large, ApacheClient4::read)
                .bursts(cases)
                .restarts(cases)
                .neverCloses(cases, "ApacheClient4.leaves", ApacheClient4::leaves);
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

    /** A client whose pool is large, and checks each connection that it takes out. */
    private static CloseableHttpClient large() {
        PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager();
        pool.setDefaultMaxPerRoute(10);
        pool.setValidateAfterInactivity(1);
        return HttpClients.custom().setConnectionManager(pool).build();
    }

    private static void read(CloseableHttpClient client, URI uri) throws IOException {
        try (CloseableHttpResponse response = client.execute(new HttpGet(uri))) {
            EntityUtils.consume(response.getEntity());
        }
    }

    private static Object leaves(CloseableHttpClient client, URI uri) throws IOException {
        return client.execute(new HttpGet(uri));
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
