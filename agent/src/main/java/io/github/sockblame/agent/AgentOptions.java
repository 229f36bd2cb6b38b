// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for.
 *
 * @param verbose whether to say at start what was hooked and how long it took
 * @param grace how long a connection may be in CLOSE_WAIT before it is judged
 * @param dumpDirectory where JMX callers may have reports written; null for nowhere
 */
record AgentOptions(
        boolean verbose, Duration grace, @Nullable Path dumpDirectory) {

    static final AgentOptions DEFAULTS = new AgentOptions(false, Duration.ofSeconds(5), null);

    AgentOptions withVerbose(boolean newVerbose) {
        return new AgentOptions(newVerbose, grace, dumpDirectory);
    }

    AgentOptions withGrace(Duration newGrace) {
        return new AgentOptions(verbose, newGrace, dumpDirectory);
    }

    AgentOptions withDumpDirectory(Path newDirectory) {
        return new AgentOptions(verbose, grace, newDirectory);
    }
}
