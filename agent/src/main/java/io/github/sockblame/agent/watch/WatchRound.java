// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.alert.AlertMonitor;
import io.github.sockblame.agent.capture.MonotonicClock;
import io.github.sockblame.agent.kernel.proc.ThreadCpuTime;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.sampling.QuickStats;
import io.github.sockblame.agent.sampling.Sampling;
import io.github.sockblame.agent.trace.TraceWriter;
import org.jspecify.annotations.Nullable;

/** One round of the watch thread, and those parts of it that also run between two rounds. */
final class WatchRound {

    /** The C library's message for EMFILE, and the beginning of that for ENFILE. */
    private static final String TOO_MANY = "Too many open files";

    /** Stacks of more recent events stay unresolved, because most connections are gone by then. */
    private static final long RESOLVE_AFTER_MILLIS = 1000;

    private final WatchClock clock;
    private final WatchSchedule schedule;
    private final LedgerView ledger;
    private final Sampling sampling;
    private final ThreadCpuTime cpuTime;
    private final AlertMonitor alertMonitor;
    private final @Nullable TraceWriter traceWriter;
    private final DutyCycle dutyCycle = new DutyCycle();
    private long missedBefore;
    private boolean readingDue;

    WatchRound(
            WatchClock clock,
            WatchSchedule schedule,
            LedgerView ledger,
            Sampling sampling,
            ThreadCpuTime cpuTime,
            AlertMonitor alertMonitor,
            @Nullable TraceWriter traceWriter) {
        this.clock = clock;
        this.schedule = schedule;
        this.ledger = ledger;
        this.sampling = sampling;
        this.cpuTime = cpuTime;
        this.alertMonitor = alertMonitor;
        this.traceWriter = traceWriter;
    }

    /**
     * Begins the round: decides what it does, and when the next one is due.
     *
     * @return when it began
     */
    long start() {
        readingDue = schedule.isReadingDue();
        long began = clock.nanoTime();
        schedule.startRound(began, dutyCycle.startRound(cpuTime.nanos(), schedule.isWarmingUp()));
        return began;
    }

    /**
     * Does the work of the round.
     *
     * @param began the time from {@link #start}
     */
    void run(long began) {
        recordRecentEvents();
        readSockets();
        long ended = clock.nanoTime();
        long cpuAtEnd = cpuTime.nanos();
        dutyCycle.endRound(ended - began);
        checkAlerts();
        long cpu = cpuAtEnd < 0 ? -1 : cpuTime.nanos() - cpuAtEnd;
        dutyCycle.addExtraWork(clock.nanoTime() - ended, cpu);
    }

    /** Records this minute's figures, once. It is the last step of a round, so that a failure costs nothing else. */
    void recordMinute() {
        sampling.recordMinute();
    }

    /** Records recent events between two rounds. */
    void recordBetweenRounds() {
        long began = clock.nanoTime();
        recordRecentEvents();
        dutyCycle.addWorkBetweenRounds(clock.nanoTime() - began);
    }

    /** Raises alerts if there are any. */
    void checkAlerts() {
        long now = clock.nanoTime();
        schedule.startAlertCheck(now);
        QuickStats quickStats = sampling.quickStats();
        boolean exhausted = isExhaustion(ledger.failedOpens().take(), quickStats);
        alertMonitor.check(quickStats, exhausted, schedule.millisSinceStart(now));
    }

    /**
     * Recognizes exhaustion by the C library's words, or in another language by the fact that no descriptor is left.
     */
    private static boolean isExhaustion(@Nullable String refusal, QuickStats quickStats) {
        return refusal != null && (refusal.contains(TOO_MANY) || quickStats.isFull());
    }

    /** Records recent events, for which the kernel is not needed. */
    private void recordRecentEvents() {
        long now = clock.nanoTime();
        boolean all = schedule.startRecording(now);
        ledger.resolveStacksBefore(all ? Long.MAX_VALUE : MonotonicClock.millisAt(now) - RESOLVE_AFTER_MILLIS);
        sampling.drainCloses();
        TraceWriter writer = traceWriter;
        if (writer != null) {
            writer.write();
        }
    }

    /**
     * After a missed event this does a whole reading, because a stale record could be matched to a new owner of the
     * same number.
     */
    private void readSockets() {
        long missed = ledger.missedEvents();
        boolean missedSome = missed != missedBefore;
        missedBefore = missed;
        if (missedSome || readingDue || sampling.needsReading()) {
            sampling.readAll();
        } else {
            sampling.sampleStates();
        }
    }
}
