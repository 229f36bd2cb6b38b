// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/** What a test takes that not every machine or JDK has: without it the test is skipped, and the report of the tests has the reason. */
public final class Requires {

    private Requires() {}

    public static void tool(Tool tool) throws IOException {
        that(tool.isHere(), tool.missing());
    }

    public static void virtualThreads(TargetJdk jdk) {
        that(jdk.hasVirtualThreads(), jdk + " has no virtual threads");
    }

    public static void classicImplementation(TargetJdk jdk) {
        that(jdk.hasClassicImplementation(), jdk + " has no classic implementation of sockets");
    }

    /** Skips the test for this reason if it is not so. */
    public static void that(boolean so, String otherwise) {
        if (!so) {
            Assumptions.abort(otherwise);
        }
    }
}
