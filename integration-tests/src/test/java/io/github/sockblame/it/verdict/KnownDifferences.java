// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.verdict;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Cases of the corpus for which a report is not true, and why; one that is mended must be taken off this list. */
final class KnownDifferences {

    /** The reason by the name of the case. */
    static final Map<String, String> ALL = new TreeMap<>();

    /** What differs in some runs only. */
    static final Map<String, String> VARYING = new TreeMap<>();

    private static final String LATE_ANSWER =
            "after twelve grace periods it looks like a server that never answers: no data shows whether the answer will come.";

    private static final String BURST_OF_LEAKS =
            "the server ended all at once, and no more rest than the place ever had established at once: by that count they could rest in the pool.";

    private static final String COUNTED_BY_PLACE =
            "all pools of a place are counted together, and the most that it had established at once is what a round of the watch thread saw.";

    private static final String UNLISTED = "the library is in no list, and its own frame is taken for the program's.";

    static {
        differ(
                LATE_ANSWER,
                both(
                        "Jetty 12: a client leaves while it waits for a late answer, which will come",
                        "Tomcat 11: a client leaves while it waits for a late answer, which will come",
                        "Undertow 2: a client leaves while it waits for a late answer, which will come",
                        "com.sun.net.httpserver: a client leaves while it waits for a late answer, which will come",
                        "thread-per-connection server: a client leaves while it waits for a late answer, which will come"));
        differ(
                "OkHttp 5 connects, asks and reads in threads of its own before it calls back, and no frame of the program's is on any of"
                        + " their stacks; the thread is named after the server.",
                List.of("OkHttp 5: a callback never closes the response"));
        differ(
                BURST_OF_LEAKS,
                both(
                        "AWS SDK Apache client 2: never closes 5 responses, and the server leaves",
                        "AWS SDK URL connection client 2: never closes 5 responses, and the server leaves",
                        "Apache HttpClient 4: never closes 5 responses, and the server leaves",
                        "Apache HttpClient 5: never closes 5 responses, and the server leaves",
                        "Commons Pool 2: takes 4 sockets and gives none back",
                        "DBCP 2: takes 4 connections one after another and gives none back",
                        "HttpURLConnection: never closes 5 responses, and the server leaves",
                        "Jersey client 4: never closes 5 responses, and the server leaves",
                        "OkHttp 5: never closes 5 responses, and the server leaves",
                        "RESTEasy client 7: never closes 5 responses, and the server leaves",
                        "Reactor Netty 1: opens 3 connections, receives from none and disposes none",
                        "Tomcat JDBC 11: takes 4 connections one after another and gives none back"));
        differ(BURST_OF_LEAKS, List.of("Apache HttpClient 5: never closes the response (default options)"));
        differ(
                "a connection that a reset has ended is counted like one that the peer has closed.",
                both("Commons Pool 2: takes 4 sockets and gives none back, and a reset ends them"));
        differ(
                "c3p0 opens connections in threads of its own, and no last use was recorded.",
                List.of("c3p0 0: takes 4 connections one after another and gives none back (default options)"));
        differ(
                "the -1 is taken for the end of the exchange after one grace period, while the server works on its answer.",
                both(
                        "thread-per-connection server: answers some graces after the client's half close, again and again",
                        "thread-per-connection server: answers long after the client's half close"));
        differ(
                "the half that has ended is judged without the state of the other one.",
                both("relay: one half has ended, and the other one is open"));
        differ(
                UNLISTED,
                both(
                        "Angus Mail 2: IMAP: never closes the store",
                        "Angus Mail 2: POP3: never closes the store",
                        "Angus Mail 2: SMTP: never closes 3 transports",
                        "Commons Net 3: FTP: ignores that the server has left",
                        "Commons Net 3: FTP: never closes the stream of a file",
                        "Commons Net 3: FTP: never disconnects 4 clients",
                        "Commons Net 3: POP3: never disconnects",
                        "Commons Net 3: SMTP: never disconnects 4 clients",
                        "Commons Net 3: Telnet: never disconnects",
                        "SolrJ 10: never reads the stream of an answer",
                        "SolrJ 10: never reads three answers"));
        List<String> libraries = List.of(
                "AWS SDK Apache client 2",
                "Apache HttpClient 4",
                "Apache HttpClient 5",
                "OkHttp 5",
                "RESTEasy client 7");
        for (String library : libraries) {
            vary(
                    COUNTED_BY_PLACE,
                    both(
                            library + ": 5 requests at once, all answers read, and the server leaves",
                            library + ": two pools of one place, to two servers that leave"));
        }
        vary(
                COUNTED_BY_PLACE,
                both(
                        "Apache HttpClient 4: the server is started anew, the pool fills again, and the server leaves",
                        "Apache HttpClient 5: the server is started anew, the pool fills again, and the server leaves",
                        "OkHttp 5: the server is started anew, the pool fills again, and the server leaves",
                        "Commons Pool 2: gives 4 sockets back, and the server leaves",
                        "Commons Pool 2: two pools of one place, to two servers that leave",
                        "DBCP 2: gives 4 connections back, and the server leaves",
                        "DBCP 2: the server leaves a full pool, which fills again, and leaves once more",
                        "HikariCP 7: a pool that fills itself ahead, and the server leaves",
                        "c3p0 0: gives 4 connections back, and the server leaves",
                        "c3p0 0: the server leaves a full pool, which fills again, and leaves once more"));
        vary(
                "c3p0 opens connections in threads of its own, and a last use is recorded only if last-use tracking of the place was on.",
                List.of("c3p0 0: takes 4 connections one after another and gives none back"));
        vary(
                "a connection that a thread is closing is a ZOMBIE for a moment, if the machine is busy.",
                List.of(
                        "OkHttp 5: waits for a late answer",
                        "SolrJ 10: reads the stream of an answer, and closes it",
                        "SolrJ 10: reads the stream, and the client is closed"));
    }

    /** Libraries whose frames the agent takes for the program's: packages with all below them. */
    private static final List<String> UNLISTED_LIBRARIES = List.of(
            "org.apache.commons.net", "org.apache.solr", "org.apache.sshd", "org.eclipse.angus", "org.eclipse.paho");

    private KnownDifferences() {}

    static boolean isKnown(String name) {
        return ALL.containsKey(name) || VARYING.containsKey(name);
    }

    static boolean isOfUnlistedLibrary(String className) {
        return UNLISTED_LIBRARIES.stream().anyMatch(name -> className.startsWith(name + "."));
    }

    private static void differ(String why, List<String> cases) {
        for (String name : cases) {
            ALL.put(name, why);
        }
    }

    private static void vary(String why, List<String> cases) {
        for (String name : cases) {
            VARYING.put(name, why);
        }
    }

    /** The cases with a short grace period, and the same with default options. */
    private static List<String> both(String... cases) {
        return Stream.of(cases)
                .flatMap(name -> Stream.of(name, name + CorpusRun.DEFAULT_OPTIONS.mark()))
                .toList();
    }
}
