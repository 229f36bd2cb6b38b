// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What each HTTP client with a pool goes through: bursts of requests, servers that leave all at once, and responses that are never closed.
 *
 * @param <C> the client
 */
final class HttpPoolCases<C> {

    private static final int TOGETHER = HttpOrigin.TOGETHER;
    private static final int CLIENTS = 4;

    private final Callable<C> maker;
    private final Reader<C> reader;

    /** Reads an answer to its end, and closes it. */
    interface Reader<C> {

        void read(C client, URI uri) throws Exception;
    }

    /** Gets an answer that is never closed. */
    interface Leaker<C> {

        Object ask(C client, URI uri) throws Exception;
    }

    HttpPoolCases(Callable<C> maker, Reader<C> reader) {
        this.maker = maker;
        this.reader = reader;
    }

    /** Many connections of a pool, all given back before the server leaves. */
    HttpPoolCases<C> bursts(Cases cases) {
        cases.leftAtRest(TOGETHER + " requests at once, all answers read, and the server leaves", caseScope -> {
            HttpOrigin origin = HttpOrigin.of(caseScope);
            C client = maker.call();
            burst(client, origin);
            leave(caseScope, origin, TOGETHER);
            return client;
        });
        cases.leftAtRest(CLIENTS + " clients of one place with one resting connection each", caseScope -> {
            HttpOrigin origin = HttpOrigin.of(caseScope);
            List<Object> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                C client = maker.call();
                reader.read(client, origin.keeping());
                clients.add(client);
            }
            leave(caseScope, origin, CLIENTS);
            return clients;
        });
        cases.leftAtRest("two pools of one place, to two servers that leave", caseScope -> {
            List<Object> clients = new ArrayList<>();
            for (int i = 1; i <= 2; i++) {
                HttpOrigin origin = HttpOrigin.of(caseScope);
                C client = maker.call();
                burst(client, origin);
                leave(caseScope, origin, i * TOGETHER);
                clients.add(client);
            }
            return clients;
        });
        return this;
    }

    /** A full pool whose server comes back. */
    HttpPoolCases<C> restarts(Cases cases) {
        cases.leftAtRest("the server is started anew, the pool fills again, and the server leaves", caseScope -> {
            HttpOrigin first = HttpOrigin.of(caseScope);
            C client = maker.call();
            burst(client, first);
            leave(caseScope, first, TOGETHER);
            HttpOrigin second = first.restarted();
            burst(client, second);
            second.leave();
            caseScope.awaitCloseWait(TOGETHER);
            return client;
        });
        return this;
    }

    /** Responses that one thread gets one after another, and does not close; the server ends all at once. */
    void neverCloses(Cases cases, String culprit, Leaker<C> leaker) {
        cases.leak(
                "never closes " + TOGETHER + " responses, and the server leaves", "ABANDONED", culprit, caseScope -> {
                    HttpOrigin origin = HttpOrigin.of(caseScope);
                    C client = maker.call();
                    List<Object> held = new ArrayList<>();
                    held.add(client);
                    for (int i = 0; i < TOGETHER; i++) {
                        held.add(leaker.ask(client, origin.keeping()));
                    }
                    leave(caseScope, origin, TOGETHER);
                    return held;
                });
    }

    private void burst(C client, HttpOrigin origin) throws Exception {
        Together.play(TOGETHER, () -> {
            reader.read(client, origin.keepingTogether());
            return client;
        });
    }

    private static void leave(CaseScope caseScope, HttpOrigin origin, int connections) throws Exception {
        origin.leave();
        caseScope.awaitCloseWait(connections);
    }
}
