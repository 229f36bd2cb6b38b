// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.github.sockblame.it.scenario.Peer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Vert.x. */
public final class VertxClients {

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();

    private VertxClients() {}

    public static void main(String[] arguments) throws Exception {
        new VertxClients().play();
    }

    private void play() throws Exception {
        Cases cases = new Cases().about("Vert.x", Vertx.class);
        cases.proper("a connection at rest", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    return List.of(server, connect(server.address()));
                })
                .proper("a connection whose server leaves", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    CountDownLatch closed = new CountDownLatch(1);
                    NetSocket socket = connect(server.address());
                    socket.closeHandler(over -> closed.countDown());
                    server.leaveAll(1);
                    if (!closed.await(20, TimeUnit.SECONDS)) {
                        throw new AssertionError("not closed");
                    }
                    return socket;
                })
                .proper("HTTP: a connection rests, and the server leaves", caseScope -> {
                    HttpOrigin origin = HttpOrigin.of(caseScope);
                    HttpClient http = vertx.createHttpClient();
                    Object unused = read(http, origin.keeping());
                    origin.leave();
                    caseScope.awaitCloseWait(0);
                    return http;
                })
                .proper("a server whose client leaves", caseScope -> {
                    NetServer server = listen(false);
                    caseScope.client(address(server)).close();
                    caseScope.awaitCloseWait(0);
                    return server;
                })
                .proper("a server that pauses a connection whose client leaves", caseScope -> {
                    NetServer server = listen(true);
                    paused(caseScope, server).close();
                    caseScope.awaitCloseWait(0);
                    return server;
                });
        cases.stand();
    }

    /** A client of a server that has paused it. */
    private static Socket paused(CaseScope caseScope, NetServer server) throws IOException {
        Socket guest = caseScope.client(address(server));
        byte[] unused = guest.getInputStream().readNBytes("paused".length());
        return guest;
    }

    private NetSocket connect(InetSocketAddress server) throws Exception {
        return await(client.connect(server.getPort(), server.getAddress().getHostAddress()));
    }

    private static Buffer read(HttpClient http, URI uri) throws Exception {
        return await(http.request(HttpMethod.GET, uri.getPort(), uri.getHost(), uri.getPath())
                .compose(request -> request.send())
                .compose(HttpClientResponse::body));
    }

    private NetServer listen(boolean pausing) throws Exception {
        NetServer server = vertx.createNetServer().connectHandler(socket -> {
            if (pausing) {
                socket.pause();
                Object unused = socket.write("paused");
            }
        });
        return await(server.listen(0, "127.0.0.1"));
    }

    private static InetSocketAddress address(NetServer server) {
        return new InetSocketAddress("127.0.0.1", server.actualPort());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
