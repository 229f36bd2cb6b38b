// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.reporting;

import io.github.sockblame.agent.capture.MonotonicClock;
import io.github.sockblame.agent.capture.StackCapturer;
import io.github.sockblame.agent.capture.StackDepth;
import io.github.sockblame.agent.capture.StackUsage;
import io.github.sockblame.agent.kernel.proc.SourceStatus;
import io.github.sockblame.agent.log.Deliveries;
import io.github.sockblame.agent.log.DeliveryPool;
import io.github.sockblame.agent.log.DeliveryThread;
import io.github.sockblame.agent.sampling.SocketSampler;
import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.CaptureHealth;
import io.github.sockblame.report.ProgramPackage;
import io.github.sockblame.report.Source;
import io.github.sockblame.report.StackMemory;
import io.github.sockblame.report.TraceHealth;
import io.github.sockblame.report.WatchHealth;
import io.github.sockblame.report.text.TextFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the agent's report on itself. */
public final class AgentHealthCollector {

    /**
     * A clock that is adjusted by its rate alone does not drift so far from the agent's, and two reads of a clock are
     * not so far apart.
     */
    private static final long JUMP_MILLIS = TimeUnit.SECONDS.toMillis(5);

    /** After this time a write or a listener counts as one that does not return. */
    private static final long STALLED_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private final AgentStatus status;
    private final SocketSampler sampler;
    private final @Nullable Supplier<TraceHealth> traceHealth;
    private int stackDepth = -1;

    /**
     * Collects these states.
     *
     * @param traceHealth the state of the trace; null if there is no trace
     */
    public AgentHealthCollector(
            AgentStatus status, SocketSampler sampler, @Nullable Supplier<TraceHealth> traceHealth) {
        this.status = status;
        this.sampler = sampler;
        this.traceHealth = traceHealth;
    }

    /**
     * The present state.
     *
     * @param kernelSources the state of the kernel's sources
     * @param withoutRow the connections for which the kernel's tables have no row
     * @param unconfirmed the ledger entries that the kernel has not confirmed until now
     * @param program the packages of the program
     */
    AgentHealth collect(
            List<SourceStatus> kernelSources, int withoutRow, long unconfirmed, List<ProgramPackage> program) {
        return new AgentHealth(
                status.hooks(),
                sources(kernelSources, withoutRow),
                status.internalErrors(),
                status.lastError(),
                unconfirmed,
                traceHealth == null ? null : traceHealth.get(),
                captureHealth(),
                watchHealth(),
                stackMemory(),
                program);
    }

    private @Nullable WatchHealth watchHealth() {
        WatchHealth rounds = status.watchHealth();
        if (rounds == null) {
            return null;
        }
        List<String> stalled = new ArrayList<>();
        DeliveryThread errors = Deliveries.STANDARD_ERROR;
        DeliveryThread server = Deliveries.JMX;
        DeliveryPool listeners = Deliveries.JMX_LISTENERS;
        addStalled(stalled, "a write to standard error", "line", errors.busyMillis(), errors.dropped());
        addStalled(stalled, "the MBean server", "registration", server.busyMillis(), server.dropped());
        addStalled(stalled, "a JMX listener", "notification", listeners.busyMillis(), listeners.dropped());
        return rounds.withStalled(stalled);
    }

    private static void addStalled(List<String> stalled, String what, String unit, long millis, long dropped) {
        if (millis >= STALLED_MILLIS || dropped > 0) {
            stalled.add(what
                    + (millis >= STALLED_MILLIS
                            ? " has not returned for " + TextFormat.duration(Duration.ofMillis(millis))
                            : " took long")
                    + (dropped == 0 ? "" : "; " + TextFormat.count(dropped, unit) + " dropped"));
        }
    }

    private StackMemory stackMemory() {
        StackUsage usage = sampler.stackUsage();
        return new StackMemory(
                usage.limitBytes(),
                usage.usedBytes(),
                usage.cut(),
                usage.discarded() + sampler.captures().refused());
    }

    private @Nullable CaptureHealth captureHealth() {
        StackCapturer stackCapturer = sampler.captures();
        return stackCapturer.skipped() == 0
                ? null
                : new CaptureHealth(
                        stackCapturer.share(),
                        stackCapturer.skipped(),
                        Instant.ofEpochMilli(stackCapturer.firstSkipMillis()),
                        Instant.ofEpochMilli(stackCapturer.lastSkipMillis()));
    }

    private List<Source> sources(List<SourceStatus> kernelSources, int withoutRow) {
        List<Source> sources = new ArrayList<>();
        for (SourceStatus answer : kernelSources) {
            sources.add(source(answer));
        }
        if (withoutRow > 0) {
            sources.add(new Source(Source.TCP_ROWS, false, describeMissingRows(withoutRow, kernelSources)));
        }
        for (SourceStatus answer : sampler.sources()) {
            sources.add(source(answer));
        }
        long clockSetBy = MonotonicClock.wallClockDrift();
        if (Math.abs(clockSetBy) >= JUMP_MILLIS) {
            sources.add(new Source("clock", false, describeClockJump(clockSetBy)));
        }
        if (status.areHooksLate()) {
            sources.add(new Source(
                    Source.HOOKS,
                    false,
                    "some came late, because there was too little stack or memory to weave them: sockets that were"
                            + " opened before have no opening stack"));
        }
        String stackLimit = StackDepth.describeLimit(stackDepth());
        if (stackLimit != null) {
            sources.add(new Source(Source.STACK_TRACES, false, stackLimit));
        }
        String death = status.watchFailure();
        if (death != null) {
            sources.add(new Source(
                    "sockblame-watch",
                    false,
                    "the thread died of " + death + ": ages are coarse, and there are no alerts"));
        }
        return sources;
    }

    static String describeMissingRows(int connections, List<SourceStatus> kernelSources) {
        boolean unread =
                kernelSources.stream().anyMatch(source -> source.name().endsWith("/net/tcp") && !source.used());
        return connections
                + (unread
                        ? " connections of this process have no row, because /proc/self/net/tcp could not be read"
                        : " connections of this process are not in /proc/self/net/tcp and tcp6, as in another network"
                                + " namespace")
                + ": their states and Recv-Q come from the descriptors, and their Send-Q is unknown";
    }

    /** Measured at the first report: the agent's start is on a thread of the program, which may have little stack left. */
    private int stackDepth() {
        if (stackDepth < 0) {
            stackDepth = StackDepth.measure();
        }
        return stackDepth;
    }

    /** Ages are right whatever happens to the clock; times of day are no longer. */
    static String describeClockJump(long millis) {
        return "it was set " + TimeUnit.MILLISECONDS.toSeconds(Math.abs(millis)) + " s "
                + (millis > 0 ? "forward since the agent began, or the machine slept" : "back since the agent began")
                + ": times in this report ignore that";
    }

    private static Source source(SourceStatus answer) {
        return new Source(answer.name(), answer.used(), answer.detail());
    }
}
