// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.reporting;

import io.github.sockblame.agent.capture.MonotonicClock;
import io.github.sockblame.agent.capture.StackCapturer;
import io.github.sockblame.agent.kernel.KernelSnapshot;
import io.github.sockblame.agent.kernel.proc.SourceStatus;
import io.github.sockblame.agent.sampling.SocketSampler;
import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.CaptureHealth;
import io.github.sockblame.report.Source;
import io.github.sockblame.report.TraceHealth;
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

    private final AgentStatus status;
    private final SocketSampler sampler;
    private final @Nullable Supplier<TraceHealth> traceHealth;

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
     * @param kernel has the state of its sources
     * @param unconfirmed the ledger entries that the kernel has not confirmed until now
     */
    AgentHealth collect(KernelSnapshot kernel, long unconfirmed) {
        return new AgentHealth(
                status.hooks(),
                sources(kernel),
                status.internalErrors(),
                status.lastError(),
                unconfirmed,
                traceHealth == null ? null : traceHealth.get(),
                captureHealth());
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

    private List<Source> sources(KernelSnapshot kernel) {
        List<Source> sources = new ArrayList<>();
        for (SourceStatus answer : kernel.sources()) {
            sources.add(source(answer));
        }
        for (SourceStatus answer : sampler.sources()) {
            sources.add(source(answer));
        }
        long clockSetBy = MonotonicClock.wallClockDrift();
        if (Math.abs(clockSetBy) >= JUMP_MILLIS) {
            sources.add(new Source("clock", false, describeClockJump(clockSetBy)));
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
