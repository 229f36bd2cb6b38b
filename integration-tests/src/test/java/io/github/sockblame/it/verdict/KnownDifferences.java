// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.verdict;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Cases of the corpus of which a report does not say what is true, and why; one that is mended must be taken off this list. */
final class KnownDifferences {

    /** The reason by the name of the case. */
    static final Map<String, String> ALL = new TreeMap<>();

    static {
        differ(
                "after twelve grace periods it looks like a server that never answers: no data shows whether the answer will come.",
                "Jetty 12: a client leaves while it waits for a late answer, which will come",
                "Tomcat 11: a client leaves while it waits for a late answer, which will come",
                "Undertow 2: a client leaves while it waits for a late answer, which will come");
        differ(
                "OkHttp 5 connects, asks and reads in threads of its own before it calls back, and no frame of the program's is on any of"
                        + " their stacks; the thread is named after the server.",
                "OkHttp 5: a callback never closes the response");
    }

    /** Libraries whose frames the agent takes for the program's: packages with all below them. */
    private static final List<String> UNLISTED_LIBRARIES = List.of();

    private KnownDifferences() {}

    static boolean isOfUnlistedLibrary(String className) {
        return UNLISTED_LIBRARIES.stream().anyMatch(name -> className.startsWith(name + "."));
    }

    private static void differ(String why, String... cases) {
        for (String name : cases) {
            ALL.put(name, why);
        }
    }
}
