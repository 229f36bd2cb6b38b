// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/** What a test takes that not every machine or JDK has: without it the test is skipped, and the report of the tests has the reason. */
final class Requires {

    private Requires() {}

    static void tool(Tool tool) throws IOException {
        that(tool.isHere(), tool.missing());
    }

    static void virtualThreads(TargetJdk jdk) {
        that(jdk.hasVirtualThreads(), jdk + " has no virtual threads");
    }

    static void classicImplementation(TargetJdk jdk) {
        that(jdk.hasClassicImplementation(), jdk + " has no classic implementation of sockets");
    }

    /** Skips the test for this reason if it is not so. */
    static void that(boolean so, String otherwise) {
        if (!so) {
            Assumptions.abort(otherwise);
        }
    }
}
