// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.options;

import io.github.sockblame.agent.alert.Trigger;
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
 * @param fileRequests which file requests the agent answers
 * @param captureBudget part of one core that the capture of stacks may take; 1 is no limit
 * @param stacksMaxBytes the memory for whole stacks; above it stacks are cut, and above twice as much discarded
 */
public record AgentOptions(
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
        FileRequests fileRequests,
        double captureBudget,
        long stacksMaxBytes) {

    private static final long STACKS_MAX_BYTES = 10L << 20;

    /** The share of the heap that the default does not exceed. */
    private static final int STACKS_HEAP_SHARE = 16;

    static final AgentOptions DEFAULTS = builder().build();

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects options; what is not set has its default. */
    public static final class Builder {
        private boolean verbose;
        private Duration grace = Duration.ofSeconds(5);
        private Duration idle = Duration.ofMinutes(15);
        private List<String> app = List.of();
        private List<String> library = List.of();
        private @Nullable Path dumpDirectory;
        private List<Trigger> alerts = List.of(Trigger.NEARLY_FULL);
        private @Nullable String reportFile;
        private boolean redact;
        private ReportScope selection = ReportScope.ALL;
        private @Nullable String traceFile;
        private long traceMaxBytes = 100L << 20;
        private FileRequests fileRequests = FileRequests.UNLESS_ATTACH_IS_DISABLED;
        private double captureBudget = 0.02;
        private long stacksMaxBytes =
                Math.min(STACKS_MAX_BYTES, Runtime.getRuntime().maxMemory() / STACKS_HEAP_SHARE);

        private Builder() {}

        Builder verbose(boolean value) {
            verbose = value;
            return this;
        }

        public Builder grace(Duration value) {
            grace = value;
            return this;
        }

        Builder idle(Duration value) {
            idle = value;
            return this;
        }

        Builder app(List<String> value) {
            app = value;
            return this;
        }

        Builder library(List<String> value) {
            library = value;
            return this;
        }

        Builder dumpDirectory(Path value) {
            dumpDirectory = value;
            return this;
        }

        Builder alerts(List<Trigger> value) {
            alerts = value;
            return this;
        }

        Builder reportFile(String value) {
            reportFile = value;
            return this;
        }

        Builder redact(boolean value) {
            redact = value;
            return this;
        }

        Builder selection(ReportScope value) {
            selection = value;
            return this;
        }

        Builder traceFile(String value) {
            traceFile = value;
            return this;
        }

        Builder traceMaxBytes(long value) {
            traceMaxBytes = value;
            return this;
        }

        public Builder answersFileRequests(boolean value) {
            fileRequests = value ? FileRequests.ALWAYS : FileRequests.NEVER;
            return this;
        }

        Builder captureBudget(double value) {
            captureBudget = value;
            return this;
        }

        Builder stacksMaxBytes(long value) {
            stacksMaxBytes = value;
            return this;
        }

        ReportScope selection() {
            return selection;
        }

        public AgentOptions build() {
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
                    selection,
                    traceFile,
                    traceMaxBytes,
                    fileRequests,
                    captureBudget,
                    stacksMaxBytes);
        }
    }
}
