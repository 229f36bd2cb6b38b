// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
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
public final class ApacheClient5 {

    private ApacheClient5() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases().about("Apache HttpClient", HttpClients.class);
        cases.proper("a response handler; the connection rests in the pool", caseScope -> {
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
                .leak("never closes the response", "ABANDONED", "ApacheClient5.neverCloses", caseScope -> {
                    Object response = neverCloses(HttpOrigin.of(caseScope).closing());
                    caseScope.awaitCloseWait(1);
                    return response;
                })
                .leakAgain(
                        "takes a connection and never gives it back",
                        "ABANDONED",
                        "ApacheClient5.takes",
                        "ApacheClient5.takes",
                        caseScope -> {
                            Object taken = takes(
                                    Peer.leaving(caseScope.inetAddress(), 0).address());
                            caseScope.awaitCloseWait(1);
                            return taken;
                        });
        new HttpPoolCases<>(ApacheClient5::large, ApacheClient5::read)
                .bursts(cases)
                .restarts(cases)
                .neverCloses(cases, "ApacheClient5.leaves", ApacheClient5::leaves);
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

    /** A client whose pool is large, and checks each connection that it takes out. */
    private static CloseableHttpClient large() {
        PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager();
        pool.setDefaultMaxPerRoute(10);
        pool.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setValidateAfterInactivity(TimeValue.ofMilliseconds(1))
                .build());
        return HttpClients.custom().setConnectionManager(pool).build();
    }

    private static void read(CloseableHttpClient client, URI uri) throws IOException {
        Object unused = client.execute(new HttpGet(uri), response -> {
            EntityUtils.consume(response.getEntity());
            return "";
        });
    }

    private static Object leaves(CloseableHttpClient client, URI uri) throws IOException {
        return client.executeOpen(null, new HttpGet(uri), null);
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
