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
                "one that was taken out of the pool looks like one that lies in it, as long as there are no more than the pool ever had"
                        + " open: it is listed, and not called a leak.",
                "Apache HttpClient 4: takes a connection and never gives it back",
                "Apache HttpClient 5: takes a connection and never gives it back",
                "Jedis 8: takes a connection from the pool and never gives it back");
        differ(
                "after twelve graces it looks like a server that never answers: whether the answer will come nobody can know.",
                "Jetty 12: a client leaves while it waits for a late answer, which will come",
                "Tomcat 11: a client leaves while it waits for a late answer, which will come",
                "Undertow 2: a client leaves while it waits for a late answer, which will come");
        differ(
                "OkHttp 5 connects in a thread of its own, whose stack has no frame of the program's.",
                "OkHttp 5: never closes the response",
                "OkHttp 5: a callback never closes the response");
        differ(
                "the pool connects before anyone asks for a connection, so what is named is who made the pool; and it looks like one that"
                        + " lies in the pool.",
                "HikariCP 7: takes a connection from the pool and never gives it back");
    }

    private KnownDifferences() {}

    private static void differ(String why, String... cases) {
        for (String name : cases) {
            ALL.put(name, why);
        }
    }
}
