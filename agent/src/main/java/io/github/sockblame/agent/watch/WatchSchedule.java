// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.service.WatchThreadShare;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides which task of the watch thread is due, and how long the thread may wait. It reads no clock: each method takes
 * the time as {@link WatchClock#nanoTime} has it.
 *
 * <p>Each task has one condition, from which both answers follow. Only the watch thread calls these methods, except
 * {@link #requestAlertCheck}.
 */
final class WatchSchedule {

    /** The time from one run of a task to the next, at least. */
    static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

    /** The time from one recording to the next, at least, if the program captures stacks so fast that memory is scarce. */
    static final long RESOLVING_PERIOD = TimeUnit.MILLISECONDS.toNanos(20);

    /** No task is due until an event wakes the thread. */
    static final long NEVER = Long.MAX_VALUE;

    /**
     * A whole reading finds the sockets without a hook event, so that their states are recorded from then on, and the
     * records whose close was missed.
     */
    static final int ROUNDS_PER_READING = 30;

    /** The first rounds load classes, so their cost does not predict that of later ones. */
    static final int WARM_UP_ROUNDS = 3;

    /** The tasks, in the order of precedence. */
    enum Task {
        /** Checks the alerts before the next round, because an open was refused. */
        CHECK_ALERTS,
        /** Does a round, which includes all other tasks. */
        ROUND,
        /** Records recent events between two rounds that are far apart: unresolved stacks are large. */
        RECORD_EVENTS,
        /** Checks for file requests between two rounds that are far apart, because a viewer waits. */
        POLL_REQUESTS
    }

    private volatile boolean alertCheckRequested;
    private volatile boolean resolvingRequested;
    private boolean started;
    private long firstStart;
    private boolean watching;
    private boolean answersRequests;
    private int rounds;
    private long nextRound;
    private long lastAlertCheck;
    private long lastRecording;
    private long lastPoll;

    /** Begins anew, on a new thread: the first round may come at once. */
    void start(long now) {
        if (!started) {
            started = true;
            firstStart = now;
        }
        watching = false;
        rounds = 0;
        nextRound = now;
        lastAlertCheck = now - PERIOD;
        lastRecording = now - PERIOD;
        lastPoll = now - PERIOD;
    }

    /** The time since the first start, in milliseconds; it never goes back. */
    long millisSinceStart(long now) {
        return TimeUnit.NANOSECONDS.toMillis(now - firstStart);
    }

    /** There are sockets from now on. Before the first period is over a round has nothing to do, and many programs end. */
    void startWatching(long now) {
        if (!watching) {
            watching = true;
            lastRecording = now;
            nextRound = now + PERIOD;
        }
    }

    /** File requests are answered from now on. */
    void startAnswering() {
        answersRequests = true;
    }

    /** Makes a check of the alerts due, once, within the period. Any thread may call this. */
    void requestAlertCheck() {
        alertCheckRequested = true;
    }

    /**
     * The task to do now.
     *
     * @param backgroundDue whether a background task waits; without sockets nothing else needs a round
     * @return null if none is due
     */
    @Nullable Task due(long now, boolean backgroundDue) {
        return untilAlertCheck(now) <= 0
                ? Task.CHECK_ALERTS
                : untilRound(now, backgroundDue) <= 0
                        ? Task.ROUND
                        : untilRecording(now) <= 0
                                ? Task.RECORD_EVENTS
                                : untilPoll(now) <= 0 ? Task.POLL_REQUESTS : null;
    }

    /**
     * The time until the next task is due, in nanoseconds; not positive if one is due now, {@link #NEVER} if there is
     * none.
     */
    long untilNextTask(long now, boolean backgroundDue) {
        return Math.min(
                Math.min(untilAlertCheck(now), untilRound(now, backgroundDue)),
                Math.min(untilRecording(now), untilPoll(now)));
    }

    private long untilAlertCheck(long now) {
        return watching && alertCheckRequested ? lastAlertCheck + PERIOD - now : NEVER;
    }

    private long untilRound(long now, boolean backgroundDue) {
        return watching || backgroundDue ? nextRound - now : NEVER;
    }

    private long untilRecording(long now) {
        return watching ? lastRecording + (resolvingRequested ? RESOLVING_PERIOD : PERIOD) - now : NEVER;
    }

    private long untilPoll(long now) {
        return answersRequests ? lastPoll + PERIOD - now : NEVER;
    }

    /** When the next round is due. */
    long nextRound() {
        return nextRound;
    }

    /** Delays the next round by a period: after the background work, and after an error. */
    void delayRound(long now) {
        nextRound = now + PERIOD;
    }

    /** Returns whether the next round is to do a whole reading. */
    boolean isReadingDue() {
        return rounds % ROUNDS_PER_READING == 0;
    }

    /** Returns whether the next round is one of the first, or the one after them, which pays for the last of them. */
    boolean isWarmingUp() {
        return rounds <= WARM_UP_ROUNDS;
    }

    /**
     * Begins a round.
     *
     * @param cost of a round, in nanoseconds
     */
    void startRound(long now, long cost) {
        nextRound = now + (isWarmingUp() ? PERIOD : Math.max(PERIOD, cost * WatchThreadShare.DUTY_DIVISOR));
        rounds++;
    }

    /** Makes a recording due that resolves every stack. Any thread may call this. */
    void requestResolving() {
        resolvingRequested = true;
    }

    /**
     * Begins a recording of recent events.
     *
     * @return whether it resolves the youngest stacks as well
     */
    boolean startRecording(long now) {
        boolean all = resolvingRequested;
        resolvingRequested = false;
        lastRecording = now;
        return all;
    }

    /** Begins a check of the alerts. */
    void startAlertCheck(long now) {
        alertCheckRequested = false;
        lastAlertCheck = now;
    }

    /** Begins a check for file requests. */
    void startPoll(long now) {
        lastPoll = now;
    }
}
