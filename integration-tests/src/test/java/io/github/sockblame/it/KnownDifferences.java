// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import java.util.Map;
import java.util.TreeMap;

/** Cases of the corpus of which a report does not say what is true, and why; one that is mended must be taken off this list. */
final class KnownDifferences {

    /** The reason by the name of the case. */
    static final Map<String, String> ALL = new TreeMap<>();

    static {
        differ(
                "a pool at rest looks like a leak: the peer closed, and nobody has read since.",
                "HttpURLConnection: a connection rests, and the server leaves",
                "HttpURLConnection: asks two servers, and one leaves",
                "Apache HttpClient 4: a connection rests in the pool, and the server leaves",
                "Apache HttpClient 4: asks two servers, and one leaves",
                "Apache HttpClient 5: a connection rests in the pool, and the server leaves",
                "Apache HttpClient 5: asks two servers, and one leaves",
                "OkHttp 5: a connection rests in the pool, and the server leaves",
                "OkHttp 5: asks two servers, and one leaves",
                "Jedis 8: a connection rests in the pool, and the server leaves",
                "Jedis 8: two connections rest in the pool, and the server closes one",
                "HikariCP 7: a connection rests in the pool, and the server leaves",
                "HikariCP 7: three connections rest in the pool, and the server closes one");
        differ(
                "reads other than the one that returns -1 are not seen, so one who reads slowly looks like one who does not read.",
                "HttpURLConnection: reads a long body slowly, and the server has left");
        differ(
                "a server that waits for its own answer does not read, and whether that answer comes nobody can know.",
                "Jetty 12: a client leaves while it waits for a late answer, which will come",
                "Tomcat 11: a client leaves while it waits for a late answer, which will come",
                "Undertow 2: a client leaves while it waits for a late answer, which will come");
        differ(
                "OkHttp 5 connects in a thread of its own, whose stack has no frame of the program's.",
                "OkHttp 5: never closes the response",
                "OkHttp 5: a callback never closes the response");
        differ(
                "the pool connects before anyone asks for a connection, so what is named is who made the pool.",
                "HikariCP 7: takes a connection from the pool and never gives it back");
    }

    private KnownDifferences() {}

    private static void differ(String why, String... cases) {
        for (String name : cases) {
            ALL.put(name, why);
        }
    }
}
