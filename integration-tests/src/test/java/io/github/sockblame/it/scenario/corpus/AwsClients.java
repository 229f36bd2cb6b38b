// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** The two blocking HTTP clients of the AWS SDK. */
public final class AwsClients {

    private AwsClients() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases();
        cases.about("AWS SDK Apache client", ApacheHttpClient.class)
                .proper("a connection rests in the pool, and the client is closed", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    try (SdkHttpClient client = ApacheHttpClient.create()) {
                        read(client, httpOrigin.keeping());
                    }
                    return httpOrigin;
                })
                .proper("aborts an answer that it does not want", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    SdkHttpClient client = ApacheHttpClient.create();
                    ask(client, httpOrigin.closing())
                            .responseBody()
                            .orElseThrow()
                            .abort();
                    return List.of(httpOrigin, client);
                });
        new HttpPoolCases<>(ApacheHttpClient::create, AwsClients::read)
                .bursts(cases)
                .neverCloses(cases, "AwsClients.ask", AwsClients::ask);
        cases.about("AWS SDK URL connection client", UrlConnectionHttpClient.class)
                .proper("reads the last answer of a server that leaves", caseScope -> {
                    SdkHttpClient client = UrlConnectionHttpClient.create();
                    read(client, HttpOrigin.of(caseScope).closing());
                    return client;
                });
        new HttpPoolCases<>(UrlConnectionHttpClient::create, AwsClients::read)
                .restarts(cases)
                .neverCloses(cases, "AwsClients.ask", AwsClients::ask);
        cases.stand();
    }

    private static HttpExecuteResponse ask(SdkHttpClient client, URI uri) throws IOException {
        SdkHttpRequest request =
                SdkHttpRequest.builder().uri(uri).method(SdkHttpMethod.GET).build();
        return client.prepareRequest(
                        HttpExecuteRequest.builder().request(request).build())
                .call();
    }

    private static void read(SdkHttpClient client, URI uri) throws IOException {
        try (InputStream body = ask(client, uri).responseBody().orElseThrow()) {
            byte[] unused = body.readAllBytes();
        }
    }
}
