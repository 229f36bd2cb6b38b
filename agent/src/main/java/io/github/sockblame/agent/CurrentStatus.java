// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.capture.MonotonicClock;
import io.github.sockblame.agent.instrument.Hooks;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.reporting.AgentStatus;
import io.github.sockblame.agent.watch.RoundTimes;
import io.github.sockblame.agent.watch.Watch;
import io.github.sockblame.probe.SocketProbe;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.WatchHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of the running agent. It must not be loaded before the probe is in the boot loader. */
final class CurrentStatus implements AgentStatus {

    private final Hooks hooks;
    private final Watch watch;
    private final long errorsBefore;

    /**
     * Counts the errors of this agent alone.
     *
     * @param errorsBefore errors outside the probe of an earlier, detached agent in this JVM
     */
    CurrentStatus(Hooks hooks, Watch watch, long errorsBefore) {
        this.hooks = hooks;
        this.watch = watch;
        this.errorsBefore = errorsBefore + SocketProbe.errorCount();
    }

    @Override
    public List<Hook> hooks() {
        return hooks.status();
    }

    @Override
    public boolean areHooksLate() {
        return hooks.areLate();
    }

    @Override
    public @Nullable String watchFailure() {
        return watch.failureCause();
    }

    @Override
    public @Nullable WatchHealth watchHealth() {
        RoundTimes times = watch.roundTimes();
        return times == null
                ? null
                : new WatchHealth(
                        times.hasBegun() ? instant(times.last()) : null,
                        instant(times.next()),
                        Duration.ofNanos(times.longestDelay()).truncatedTo(ChronoUnit.MILLIS),
                        Duration.ofNanos(times.longestInterval()).truncatedTo(ChronoUnit.MILLIS),
                        List.of());
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochMilli(MonotonicClock.millisAt(nanos));
    }

    @Override
    public long internalErrors() {
        return SocketProbe.errorCount() + InternalErrors.total() - errorsBefore;
    }

    @Override
    public @Nullable String lastError() {
        if (internalErrors() == 0) {
            return null;
        }
        String ofProbe = SocketProbe.lastError();
        return ofProbe == null ? InternalErrors.last() : ofProbe;
    }
}
