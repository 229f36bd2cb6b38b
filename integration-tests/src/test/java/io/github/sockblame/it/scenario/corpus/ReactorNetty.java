// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.it.scenario.Peer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.TcpClient;

/** Reactor Netty. */
public final class ReactorNetty {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SEVERAL = 3;

    private ReactorNetty() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases().about("Reactor Netty", TcpClient.class);
        cases.proper("pooled: a connection rests for the next request", caseScope -> {
                    HttpOrigin origin = HttpOrigin.of(caseScope);
                    HttpClient client = HttpClient.create(ConnectionProvider.create("pool", 10));
                    read(client, origin);
                    return List.of(origin, client);
                })
                .proper("pooled: a connection rests, and the server leaves", caseScope -> {
                    HttpOrigin origin = HttpOrigin.of(caseScope);
                    HttpClient client = HttpClient.create(ConnectionProvider.create("pool", 10));
                    read(client, origin);
                    origin.leave();
                    caseScope.awaitCloseWait(0);
                    return client;
                })
                .proper("newConnection: reads an answer to its end", caseScope -> {
                    HttpOrigin origin = HttpOrigin.of(caseScope);
                    HttpClient client = HttpClient.newConnection();
                    read(client, origin);
                    return List.of(origin, client);
                })
                .proper("a connection whose end is received, and the server leaves", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    Connection connection = connect(server.address());
                    Object receiving = connection.inbound().receive().then().subscribe();
                    server.leaveAll(1);
                    connection.onDispose().block(PATIENCE);
                    return receiving;
                })
                .proper("a connection that is disposed", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    connect(server.address()).disposeNow();
                    return server;
                })
                .leak(
                        "opens " + SEVERAL + " connections, receives from none and disposes none",
                        "ABANDONED",
                        "ReactorNetty.connect",
                        caseScope -> {
                            Peer server = Peer.patient(caseScope.inetAddress());
                            List<Object> connections = new ArrayList<>();
                            for (int i = 0; i < SEVERAL; i++) {
                                connections.add(connect(server.address()));
                            }
                            server.leaveAll(SEVERAL);
                            caseScope.awaitCloseWait(SEVERAL);
                            return connections;
                        });
        cases.stand();
    }

    private static void read(HttpClient client, HttpOrigin origin) {
        byte[] unused = requireNonNull(client.get()
                .uri(origin.keeping())
                .responseContent()
                .aggregate()
                .asByteArray()
                .block(PATIENCE));
    }

    private static Connection connect(InetSocketAddress server) {
        return TcpClient.newConnection().remoteAddress(() -> server).connectNow(PATIENCE);
    }
}
