// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.impl.HttpJdkSolrClient;
import org.apache.solr.client.solrj.request.QueryRequest;
import org.apache.solr.client.solrj.response.InputStreamResponseParser;
import org.apache.solr.common.params.ModifiableSolrParams;

/** The client of Solr, over the JDK's HTTP client. */
public final class SolrClients {

    private SolrClients() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases().about("SolrJ", SolrClient.class);
        cases.proper("reads the stream of an answer, and closes it", caseScope -> {
                    SolrClient client = client(HttpOrigin.of(caseScope));
                    try (InputStream stream = ask(client)) {
                        byte[] unused = stream.readAllBytes();
                    }
                    return client;
                })
                .proper("reads the stream, and the client is closed", caseScope -> {
                    HttpOrigin httpOrigin = HttpOrigin.of(caseScope);
                    try (SolrClient client = client(httpOrigin);
                            InputStream stream = ask(client)) {
                        byte[] unused = stream.readAllBytes();
                    }
                    return httpOrigin;
                })
                .leak("never reads the stream of an answer", "ABANDONED", "SolrClients.ask", caseScope -> {
                    SolrClient client = client(HttpOrigin.of(caseScope));
                    Object stream = ask(client);
                    caseScope.awaitCloseWait(1);
                    return List.of(client, stream);
                })
                .leak("never reads three answers", "ABANDONED", "SolrClients.ask", caseScope -> {
                    List<Object> held = new ArrayList<>();
                    SolrClient client = client(HttpOrigin.of(caseScope));
                    held.add(client);
                    for (int i = 0; i < 3; i++) {
                        held.add(ask(client));
                    }
                    caseScope.awaitCloseWait(3);
                    return held;
                });
        cases.stand();
    }

    private static SolrClient client(HttpOrigin origin) {
        return new HttpJdkSolrClient.Builder(origin.closingLater().resolve("/").toString()).build();
    }

    private static InputStream ask(SolrClient client) throws IOException, SolrServerException {
        QueryRequest request = new QueryRequest(new ModifiableSolrParams());
        request.setPath("/longer");
        request.setResponseParser(new InputStreamResponseParser("xml"));
        return (InputStream) client.request(request).get("stream");
    }
}
