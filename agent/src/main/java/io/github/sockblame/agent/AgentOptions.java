// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.alarm.Trigger;
import io.github.sockblame.agent.diagnosis.Selection;
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
 * @param alerts of what the user wants to be told
 * @param reportsTo the files into which reports are written then; null for none
 * @param redact whether addresses are taken out of all that leaves the JVM
 * @param selection which sockets are reported
 * @param traceTo the file into which all that happens to sockets is written; null for none
 * @param traceMaxBytes how long that file may get
 */
record AgentOptions(
        boolean verbose,
        Duration grace,
        Duration idle,
        List<String> app,
        List<String> library,
        @Nullable Path dumpDirectory,
        List<Trigger> alerts,
        @Nullable String reportsTo,
        boolean redact,
        Selection selection,
        @Nullable String traceTo,
        long traceMaxBytes) {

    static final AgentOptions DEFAULTS = new AgentOptions(
            false,
            Duration.ofSeconds(5),
            Duration.ofMinutes(15),
            List.of(),
            List.of(),
            null,
            List.of(Trigger.NEARLY_FULL),
            null,
            false,
            Selection.ALL,
            null,
            100L << 20);

    AgentOptions withVerbose(boolean newVerbose) {
        return new AgentOptions(
                newVerbose,
                grace,
                idle,
                app,
                library,
                dumpDirectory,
                alerts,
                reportsTo,
                redact,
                selection,
                traceTo,
                traceMaxBytes);
    }

    AgentOptions withGrace(Duration newGrace) {
        return new AgentOptions(
                verbose,
                newGrace,
                idle,
                app,
                library,
                dumpDirectory,
                alerts,
                reportsTo,
                redact,
                selection,
                traceTo,
                traceMaxBytes);
    }

    AgentOptions withIdle(Duration newIdle) {
        return new AgentOptions(
                verbose,
                grace,
                newIdle,
                app,
                library,
                dumpDirectory,
                alerts,
                reportsTo,
                redact,
                selection,
                traceTo,
                traceMaxBytes);
    }

    AgentOptions withApp(List<String> newApp) {
        return new AgentOptions(
                verbose,
                grace,
                idle,
                newApp,
                library,
                dumpDirectory,
                alerts,
                reportsTo,
                redact,
                selection,
                traceTo,
                traceMaxBytes);
    }

    AgentOptions withLibrary(List<String> newLibrary) {
        return new AgentOptions(
                verbose,
                grace,
                idle,
                app,
                newLibrary,
                dumpDirectory,
                alerts,
                reportsTo,
                redact,
                selection,
                traceTo,
                traceMaxBytes);
    }

    AgentOptions withDumpDirectory(Path newDirectory) {
        return new AgentOptions(
                verbose,
                grace,
                idle,
                app,
                library,
                newDirectory,
                alerts,
                reportsTo,
                redact,
                selection,
                traceTo,
                traceMaxBytes);
    }

    AgentOptions withAlerts(List<Trigger> newAlerts) {
        return new AgentOptions(
                verbose,
                grace,
                idle,
                app,
                library,
                dumpDirectory,
                newAlerts,
                reportsTo,
                redact,
                selection,
                traceTo,
                traceMaxBytes);
    }

    AgentOptions withReportsTo(String newPattern) {
        return new AgentOptions(
                verbose,
                grace,
                idle,
                app,
                library,
                dumpDirectory,
                alerts,
                newPattern,
                redact,
                selection,
                traceTo,
                traceMaxBytes);
    }

    AgentOptions withRedact(boolean newRedact) {
        return new AgentOptions(
                verbose,
                grace,
                idle,
                app,
                library,
                dumpDirectory,
                alerts,
                reportsTo,
                newRedact,
                selection,
                traceTo,
                traceMaxBytes);
    }

    AgentOptions withSelection(Selection newSelection) {
        return new AgentOptions(
                verbose,
                grace,
                idle,
                app,
                library,
                dumpDirectory,
                alerts,
                reportsTo,
                redact,
                newSelection,
                traceTo,
                traceMaxBytes);
    }

    AgentOptions withTraceTo(String newPattern) {
        return new AgentOptions(
                verbose,
                grace,
                idle,
                app,
                library,
                dumpDirectory,
                alerts,
                reportsTo,
                redact,
                selection,
                newPattern,
                traceMaxBytes);
    }

    AgentOptions withTraceMaxBytes(long newMaxBytes) {
        return new AgentOptions(
                verbose,
                grace,
                idle,
                app,
                library,
                dumpDirectory,
                alerts,
                reportsTo,
                redact,
                selection,
                traceTo,
                newMaxBytes);
    }
}
