// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for.
 *
 * @param verbose whether to say at start what was hooked and how long it took
 * @param grace how long a connection may be in CLOSE_WAIT before it is judged
 * @param idle how long nothing may change about an established connection before it is listed as idle
 * @param app packages of the program's own code
 * @param library packages that are libraries, beside those that are known
 * @param dumpDirectory where JMX callers may have reports written; null for nowhere
 */
record AgentOptions(
        boolean verbose,
        Duration grace,
        Duration idle,
        List<String> app,
        List<String> library,
        @Nullable Path dumpDirectory) {

    static final AgentOptions DEFAULTS =
            new AgentOptions(false, Duration.ofSeconds(5), Duration.ofMinutes(15), List.of(), List.of(), null);

    AgentOptions withVerbose(boolean newVerbose) {
        return new AgentOptions(newVerbose, grace, idle, app, library, dumpDirectory);
    }

    AgentOptions withGrace(Duration newGrace) {
        return new AgentOptions(verbose, newGrace, idle, app, library, dumpDirectory);
    }

    AgentOptions withIdle(Duration newIdle) {
        return new AgentOptions(verbose, grace, newIdle, app, library, dumpDirectory);
    }

    AgentOptions withApp(List<String> newApp) {
        return new AgentOptions(verbose, grace, idle, newApp, library, dumpDirectory);
    }

    AgentOptions withLibrary(List<String> newLibrary) {
        return new AgentOptions(verbose, grace, idle, app, newLibrary, dumpDirectory);
    }

    AgentOptions withDumpDirectory(Path newDirectory) {
        return new AgentOptions(verbose, grace, idle, app, library, newDirectory);
    }
}
