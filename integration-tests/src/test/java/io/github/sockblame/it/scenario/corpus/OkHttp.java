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
public final class OkHttp {

    private OkHttp() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases().about("OkHttp", OkHttpClient.class);
        cases.proper("try-with-resources; the connection rests in the pool", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    return List.of(httpOrigin, readAll(httpOrigin.keeping()));
                })
                .leftAtRest("a connection rests in the pool, and the server leaves", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    OkHttpClient client = readAll(httpOrigin.keeping());
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
                .proper("a connection rests in the pool, and the pool is emptied", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    readAll(httpOrigin.keeping()).connectionPool().evictAll();
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
                .leakAgain("never closes the response", "ABANDONED", "OkHttp.neverCloses", "okhttp3", caseScope -> {
                    Object response =
                            neverCloses(new OkHttpClient(), caseScope.origin().closing());
                    caseScope.awaitCloseWait(1);
                    return response;
                })
                .leak(
                        "never closes the response, with fastFallback(false)",
                        "ABANDONED",
                        "OkHttp.neverCloses",
                        caseScope -> {
                            OkHttpClient client = new OkHttpClient.Builder()
                                    .fastFallback(false)
                                    .build();
                            Object response =
                                    neverCloses(client, HttpOrigin.of(caseScope).closing());
                            caseScope.awaitCloseWait(1);
                            return response;
                        })
                .leakAgain(
                        "a callback never closes the response",
                        "ABANDONED",
                        "OkHttp.enqueues",
                        "okhttp3",
                        caseScope -> {
                            Object response = enqueues(caseScope.origin().closing());
                            caseScope.awaitCloseWait(1);
                            return response;
                        });
        new HttpPoolCases<>(OkHttp::inOneThread, OkHttp::read)
                .bursts(cases)
                .restarts(cases)
                .neverCloses(cases, "OkHttp.leaves", OkHttp::leaves);
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

    /** A client that connects in the thread that asks. */
    private static OkHttpClient inOneThread() {
        return new OkHttpClient.Builder().fastFallback(false).build();
    }

    private static void read(OkHttpClient client, URI uri) throws IOException {
        try (Response response = call(client, uri).execute()) {
            byte[] unused = response.body().bytes();
        }
    }

    private static Object leaves(OkHttpClient client, URI uri) throws IOException {
        return call(client, uri).execute();
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
