// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import java.util.Map;

/** Cases of the corpus of which a report does not say what is true, and why; one that is mended must be taken off this list. */
final class KnownDifferences {

    private static final String AT_REST =
            "a pool at rest looks like a leak: the peer closed, and nobody has read since.";

    private static final String OKHTTP_THREADS =
            "OkHttp 5 connects in a thread of its own, whose stack has no frame of the program's.";

    static final Map<String, String> ALL = Map.of(
            "HttpURLConnection: the same, and the server leaves", AT_REST,
            "Apache HttpClient 4: the same, and the server leaves", AT_REST,
            "Apache HttpClient 5: the same, and the server leaves", AT_REST,
            "OkHttp 5: the same, and the server leaves", AT_REST,
            "OkHttp 5: never closes the response", OKHTTP_THREADS,
            "OkHttp 5: a callback never closes the response", OKHTTP_THREADS);

    private KnownDifferences() {}
}
