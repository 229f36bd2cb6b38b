// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.net.URI;
import java.util.List;
import org.jboss.resteasy.client.jaxrs.ResteasyClient;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl;

/** The client of RESTEasy. */
public final class ResteasyClients {

    private ResteasyClients() {}

    public static void main(String[] arguments) throws Exception {
        RuntimeDelegate.setInstance(new ResteasyProviderFactoryImpl());
        Cases cases = new Cases().about("RESTEasy client", ResteasyClientBuilderImpl.class);
        cases.proper("a connection rests in the pool, and the client is closed", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    try (ResteasyClient client = client()) {
                        read(client, httpOrigin.keeping());
                    }
                    return httpOrigin;
                })
                .proper("closes an answer whose body it does not read", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    Client client = client();
                    neverCloses(client, httpOrigin.closing()).close();
                    return List.of(httpOrigin, client);
                });
        new HttpPoolCases<>(ResteasyClients::client, ResteasyClients::read)
                .bursts(cases)
                .neverCloses(cases, "ResteasyClients.neverCloses", ResteasyClients::neverCloses);
        cases.stand();
    }

    private static ResteasyClient client() {
        return new ResteasyClientBuilderImpl()
                .connectionPoolSize(20)
                .maxPooledPerRoute(10)
                .build();
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
