// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What each HTTP server goes through: its requests, the long wait among them, and its clients' ends. */
final class ServerCases {

    /** Answered at once. */
    static final String SHORT = "/short";

    /** Never answered. */
    static final String LATE = "/late";

    /** Answered long after every patience of the agent's. */
    static final String LATER = "/later";

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger waiting = new AtomicInteger();
    private InetSocketAddress server = new InetSocketAddress(0);

    /** The server got a request that it does not answer. */
    void asked() {
        waiting.incrementAndGet();
    }

    /** The server got a request that it answers in this way, after 200 grace periods. */
    void asked(Runnable answer) {
        Object unused = clock.schedule(answer, 200 * CaseScope.grace().toMillis(), TimeUnit.MILLISECONDS);
        asked();
    }

    /**
     * Plays them, with this server.
     *
     * @param listening the frame that made the server listen
     */
    void play(Cases cases, InetSocketAddress at, String listening) {
        server = at;
        cases.proper("a client keeps its connection for the next request", this::ask)
                .proper("a client leaves after its answer", caseScope -> {
                    ask(caseScope).close();
                    caseScope.awaitCloseWait(0);
                    return null;
                })
                .proper("a client sends its half of the end with the request, and reads the answer", caseScope -> {
                    try (Socket client = request(caseScope, SHORT)) {
                        client.shutdownOutput();
                        readAnswer(client);
                    }
                    caseScope.awaitCloseWait(0);
                    return null;
                })
                .proper("a client waits for a late answer", caseScope -> wait(caseScope, LATER))
                .undecided("a client leaves while it waits for a late answer, which will come", caseScope -> {
                    wait(caseScope, LATER).close();
                    caseScope.awaitCloseWait(1);
                    return null;
                })
                .leak("a handler never answers, and the client leaves", "ABANDONED", listening, caseScope -> {
                    wait(caseScope, LATE).close();
                    caseScope.awaitCloseWait(1);
                    return null;
                });
    }

    private Socket ask(CaseScope caseScope) throws IOException {
        Socket client = request(caseScope, SHORT);
        readAnswer(client);
        return client;
    }

    private Socket wait(CaseScope caseScope, String path) throws Exception {
        int before = waiting.get();
        Socket client = request(caseScope, path);
        CaseScope.await("the request", () -> waiting.get() > before);
        return client;
    }

    /** A client that has sent a request for this path, with these lines in its head. */
    Socket request(CaseScope caseScope, String path, String... headers) throws IOException {
        Socket client = caseScope.client(server);
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        request.append("\r\n");
        client.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    /** Up to the two bytes of the body. */
    private static void readAnswer(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\nok") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("no more than: " + answer);
            }
            answer.append((char) next);
        }
    }
}
