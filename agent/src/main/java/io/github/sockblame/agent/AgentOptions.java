// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.alarm.Trigger;
import io.github.sockblame.agent.diagnosis.ReportScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of the user.
 *
 * @param verbose whether to print at start what was hooked and how long it took
 * @param grace how long a connection may be in CLOSE_WAIT before it gets a verdict
 * @param idle how long an established connection may be unchanged before it is listed as idle
 * @param app packages of the program's own code
 * @param library packages that are libraries, in addition to the built-in list
 * @param dumpDirectory the folder for reports of JMX callers; null for none
 * @param alerts the conditions for alerts
 * @param reportFile the files for reports on alerts; null for none
 * @param redact whether pseudonyms replace addresses in all output of the JVM
 * @param selection the sockets that may be in sites
 * @param traceFile the file for the trace of all socket events; null for none
 * @param traceMaxBytes the largest size of that file
 * @param answersFileRequests whether the agent answers file requests
 * @param captureBudget part of one core that the capture of stacks may take; 1 is no limit
 */
record AgentOptions(
        boolean verbose,
        Duration grace,
        Duration idle,
        List<String> app,
        List<String> library,
        @Nullable Path dumpDirectory,
        List<Trigger> alerts,
        @Nullable String reportFile,
        boolean redact,
        ReportScope selection,
        @Nullable String traceFile,
        long traceMaxBytes,
        boolean answersFileRequests,
        double captureBudget) {

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
            ReportScope.ALL,
            null,
            100L << 20,
            true,
            0.02);

    AgentOptions withVerbose(boolean newVerbose) {
        Draft draft = new Draft(this);
        draft.verbose = newVerbose;
        return draft.options();
    }

    AgentOptions withGrace(Duration newGrace) {
        Draft draft = new Draft(this);
        draft.grace = newGrace;
        return draft.options();
    }

    AgentOptions withIdle(Duration newIdle) {
        Draft draft = new Draft(this);
        draft.idle = newIdle;
        return draft.options();
    }

    AgentOptions withApp(List<String> newApp) {
        Draft draft = new Draft(this);
        draft.app = newApp;
        return draft.options();
    }

    AgentOptions withLibrary(List<String> newLibrary) {
        Draft draft = new Draft(this);
        draft.library = newLibrary;
        return draft.options();
    }

    AgentOptions withDumpDirectory(Path newDirectory) {
        Draft draft = new Draft(this);
        draft.dumpDirectory = newDirectory;
        return draft.options();
    }

    AgentOptions withAlerts(List<Trigger> newAlerts) {
        Draft draft = new Draft(this);
        draft.alerts = newAlerts;
        return draft.options();
    }

    AgentOptions withReportsTo(String newPattern) {
        Draft draft = new Draft(this);
        draft.reportFile = newPattern;
        return draft.options();
    }

    AgentOptions withRedact(boolean newRedact) {
        Draft draft = new Draft(this);
        draft.redact = newRedact;
        return draft.options();
    }

    AgentOptions withSelection(ReportScope newSelection) {
        Draft draft = new Draft(this);
        draft.reportScope = newSelection;
        return draft.options();
    }

    AgentOptions withTraceTo(String newPattern) {
        Draft draft = new Draft(this);
        draft.traceFile = newPattern;
        return draft.options();
    }

    AgentOptions withTraceMaxBytes(long newMaxBytes) {
        Draft draft = new Draft(this);
        draft.traceMaxBytes = newMaxBytes;
        return draft.options();
    }

    AgentOptions withFileRequests(boolean newAskFile) {
        Draft draft = new Draft(this);
        draft.answersFileRequests = newAskFile;
        return draft.options();
    }

    AgentOptions withCaptureBudget(double newBudget) {
        Draft draft = new Draft(this);
        draft.captureBudget = newBudget;
        return draft.options();
    }

    /** The options during parsing: a change names one of them, and not all the others. */
    private static final class Draft {
        private boolean verbose;
        private Duration grace;
        private Duration idle;
        private List<String> app;
        private List<String> library;
        private @Nullable Path dumpDirectory;
        private List<Trigger> alerts;
        private @Nullable String reportFile;
        private boolean redact;
        private ReportScope reportScope;
        private @Nullable String traceFile;
        private long traceMaxBytes;
        private boolean answersFileRequests;
        private double captureBudget;

        Draft(AgentOptions from) {
            verbose = from.verbose;
            grace = from.grace;
            idle = from.idle;
            app = from.app;
            library = from.library;
            dumpDirectory = from.dumpDirectory;
            alerts = from.alerts;
            reportFile = from.reportFile;
            redact = from.redact;
            reportScope = from.selection;
            traceFile = from.traceFile;
            traceMaxBytes = from.traceMaxBytes;
            answersFileRequests = from.answersFileRequests;
            captureBudget = from.captureBudget;
        }

        AgentOptions options() {
            return new AgentOptions(
                    verbose,
                    grace,
                    idle,
                    app,
                    library,
                    dumpDirectory,
                    alerts,
                    reportFile,
                    redact,
                    reportScope,
                    traceFile,
                    traceMaxBytes,
                    answersFileRequests,
                    captureBudget);
        }
    }
}
