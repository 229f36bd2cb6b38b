// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.net.URI;
import java.util.List;
import org.glassfish.jersey.client.JerseyClient;
import org.glassfish.jersey.client.JerseyClientBuilder;
import org.glassfish.jersey.internal.RuntimeDelegateImpl;

/** The client of Jersey. */
public final class JerseyClients {

    private JerseyClients() {}

    public static void main(String[] arguments) throws Exception {
        RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
        Cases cases = new Cases().about("Jersey client", JerseyClient.class);
        cases.proper("try-with-resources; the connection rests", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    Client client = JerseyClientBuilder.createClient();
                    read(client, httpOrigin.keeping());
                    return List.of(httpOrigin, client);
                })
                .proper("closes an answer whose body it does not read", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    Client client = JerseyClientBuilder.createClient();
                    neverCloses(client, httpOrigin.closing()).close();
                    return client;
                })
                .leak("never reads the answer to a request that fails", "ABANDONED", "JerseyClients.neverCloses", c -> {
                    Client client = JerseyClientBuilder.createClient();
                    Object response = neverCloses(client, HttpOrigin.of(c).failing());
                    c.awaitCloseWait(1);
                    return List.of(client, response);
                });
        new HttpPoolCases<>(JerseyClientBuilder::createClient, JerseyClients::read)
                .restarts(cases)
                .neverCloses(cases, "JerseyClients.neverCloses", JerseyClients::neverCloses);
        cases.stand();
    }

    private static void read(Client client, URI uri) {
        try (Response response = client.target(uri).request().get()) {
            byte[] unused = response.readEntity(byte[].class);
        }
    }

    private static Response neverCloses(Client client, URI uri) {
        return client.target(uri).request().get();
    }
}
