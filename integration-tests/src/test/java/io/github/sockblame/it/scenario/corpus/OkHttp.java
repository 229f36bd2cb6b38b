// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp. */
final class OkHttp {

    private OkHttp() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases().about("OkHttp", OkHttpClient.class);
        cases.proper("try-with-resources; the connection rests in the pool", scene -> {
                    Origin origin = Origin.of(scene);
                    return List.of(origin, readAll(origin.keeping()));
                })
                .leftAtRest("a connection rests in the pool, and the server leaves", scene -> {
                    Origin origin = Origin.of(scene);
                    OkHttpClient client = readAll(origin.keeping());
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
                .proper("a connection rests in the pool, and the pool is emptied", scene -> {
                    Origin origin = Origin.of(scene);
                    readAll(origin.keeping()).connectionPool().evictAll();
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
                .leakAgain("never closes the response", "ABANDONED", "OkHttp.neverCloses", "okhttp3", scene -> {
                    Object response =
                            neverCloses(new OkHttpClient(), scene.origin().closing());
                    scene.awaitCloseWait(1);
                    return response;
                })
                .leak(
                        "never closes the response, with fastFallback(false)",
                        "ABANDONED",
                        "OkHttp.neverCloses",
                        scene -> {
                            OkHttpClient client = new OkHttpClient.Builder()
                                    .fastFallback(false)
                                    .build();
                            Object response =
                                    neverCloses(client, Origin.of(scene).closing());
                            scene.awaitCloseWait(1);
                            return response;
                        })
                .leakAgain("a callback never closes the response", "ABANDONED", "OkHttp.enqueues", "okhttp3", scene -> {
                    Object response = enqueues(scene.origin().closing());
                    scene.awaitCloseWait(1);
                    return response;
                });
        cases.stand();
    }

    private static Call call(OkHttpClient client, URI uri) {
        return client.newCall(new Request.Builder().url(uri.toString()).build());
    }

    private static OkHttpClient readAll(URI... uris) throws IOException {
        OkHttpClient client = new OkHttpClient();
        for (URI uri : uris) {
            try (Response response = call(client, uri).execute()) {
                byte[] unused = response.body().bytes();
            }
        }
        return client;
    }

    private static Object neverCloses(OkHttpClient client, URI uri) throws IOException {
        return List.of(client, call(client, uri).execute());
    }

    private static Object enqueues(URI uri) throws Exception {
        OkHttpClient client = new OkHttpClient();
        CompletableFuture<Response> answer = new CompletableFuture<>();
        call(client, uri).enqueue(new Callback() {
            @Override
            public void onFailure(Call call, IOException failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void onResponse(Call call, Response response) {
                answer.complete(response);
            }
        });
        return List.of(client, answer.get());
    }
}
