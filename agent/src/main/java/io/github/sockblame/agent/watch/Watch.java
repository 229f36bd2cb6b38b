// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.alarm.AlertMonitor;
import io.github.sockblame.agent.alarm.QuickStats;
import io.github.sockblame.agent.kernel.ThreadCpuTime;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.MonotonicClock;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.request.FileRequestServer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The agent's one thread, a daemon. It sleeps until there is something to watch; from then on it looks once a second, or as
 * seldom as it must to stay below half a percent of one core.
 */
public final class Watch implements Runnable {

    private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

    /** A round may take one part in so many of the time from its beginning to the next. */
    private static final long DUTY_DIVISOR = 200;

    /**
     * A whole reading finds the sockets that no hook reports, so that their states are noted from then on, and the records whose close was
     * not heard of. It is not waited for after an event was missed: a stale record must not be found at a number that is another's.
     */
    private static final int ROUNDS_PER_READING = 30;

    /** The first rounds load classes, which says nothing of what the later ones cost. */
    private static final int WARM_UP_ROUNDS = 3;

    /** How long whoever ends the thread waits for it. */
    private static final long END_PATIENCE_MILLIS = 5000;

    /** How long the end of the JVM may wait for the last report. */
    private static final long EXIT_PATIENCE = TimeUnit.SECONDS.toNanos(5);

    /** What the C library calls EMFILE, and ENFILE. */
    private static final String TOO_MANY = "Too many open files";

    /** Stacks of what happened less than this ago stay unresolved: most connections are gone by then. */
    private static final long RESOLVE_AFTER_MILLIS = 1000;

    /** Enough for a weaving and a report whatever {@code -Xss} says. */
    private static final long STACK = 1 << 20;

    /** How often a thread that died is followed by another: whatever kills it so often kills the next, too. */
    private static final int MAX_RESTARTS = 10;

    private volatile Thread thread = newThread();
    private int successors;
    private volatile @Nullable String failureCause;
    private final Queue<Runnable> jobs = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> exitJobs = new ConcurrentLinkedQueue<>();
    private final BackgroundTask backgroundTask;

    /** Null until it is needed: its class is not loaded on the thread that starts this one, which is the program's. */
    private volatile @Nullable WatchClock clock;

    private volatile @Nullable WatchedComponents watchedComponents;
    private volatile @Nullable Runnable last;
    private volatile @Nullable Thread exitHook;
    private volatile boolean hurried;
    private final DutyCycle dutyCycle = new DutyCycle();
    private long born;
    private long missedBefore;
    private long lastLook;
    private @Nullable FileRequestServer fileRequestServer;
    private long lastListened;
    private long lastNoted;

    /** What there is to watch. */
    private record WatchedComponents(
            Ledger ledger,
            SnapshotReader readings,
            ReportBuilder reporter,
            ThreadCpuTime cpuTime,
            AlertMonitor alarm,
            @Nullable TraceWriter trace) {}

    private Watch(BackgroundTask backgroundTask, @Nullable WatchClock clock) {
        this.backgroundTask = backgroundTask;
        this.clock = clock;
    }

    /** Starts the thread. */
    public static Watch start(BackgroundTask backgroundTask) {
        return start(backgroundTask, null);
    }

    /**
     * Starts the thread with another clock.
     *
     * @param clock null for the JDK's
     */
    static Watch start(BackgroundTask backgroundTask, @Nullable WatchClock clock) {
        long unused = InternalErrors.total(); // loaded now, and not when there is no memory for it
        Watch watch = new Watch(backgroundTask, clock);
        watch.thread.start();
        return watch;
    }

    private Thread newThread() {
        Thread made = new Thread(null, this, "sockblame-watch", STACK, false);
        made.setDaemon(true);
        made.setContextClassLoader(null);
        made.setUncaughtExceptionHandler(
                new Thread.UncaughtExceptionHandler() { // no lambda: this may be early
                    @Override
                    public void uncaughtException(Thread dead, Throwable error) {
                        restartAfter(error);
                    }
                });
        return made;
    }

    /**
     * The thread ends of an error that it could not even count. It has a successor, begun on the one that dies; and nothing of that comes to
     * the program's handler of uncaught exceptions, which otherwise would be told.
     */
    private void restartAfter(Throwable error) {
        failureCause = "an error that cannot be told";
        try {
            failureCause = error.toString();
            InternalErrors.total(error);
        } finally {
            if (last == null && successors < MAX_RESTARTS) {
                successors++;
                Thread next = newThread();
                next.start();
                thread = next;
                failureCause = null;
            }
        }
    }

    /** Of what the thread died and has no successor; null while it lives, or if it was ended. */
    public @Nullable String failureCause() {
        return last == null && !thread.isAlive() ? failureCause : null;
    }

    /** Runs this on the watch thread, soon. */
    public void submit(Runnable job) {
        jobs.add(job);
        LockSupport.unpark(thread);
    }

    /** Has the watch thread look whether the upkeep is due, soon and then once a second until it is not. */
    public void wake() {
        LockSupport.unpark(thread);
    }

    /** Runs this when the JVM ends, on the watch thread; the end waits for it, but not for long. */
    void onShutdown(Runnable job) {
        exitJobs.add(job);
        if (exitHook != null) {
            return;
        }
        Runnable waiting = new Runnable() {
            @Override
            public void run() {
                try {
                    runExitJobs();
                } catch (Throwable t) {
                    count(t); // the program's handler of uncaught exceptions is not for this
                }
            }
        };
        try {
            Thread hook = new Thread(null, waiting, "sockblame-exit", STACK, false);
            Runtime.getRuntime().addShutdownHook(hook);
            exitHook = hook;
        } catch (IllegalStateException e) {
            InternalErrors.total(e); // it is ending already
        }
    }

    private void runExitJobs() {
        if (!thread.isAlive()) {
            return; // nobody would come
        }
        CountDownLatch done = new CountDownLatch(1);
        exitJobs.forEach(this::submit);
        submit(done::countDown);
        try {
            boolean unused = done.await(EXIT_PATIENCE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // then the JVM ends without it
        }
    }

    /**
     * Ends the thread for good, when what it does now and what it was asked for before is done.
     *
     * @param lastJob is run by it then
     * @return whether it has ended; else it is busy, and ends later
     */
    public boolean stop(Runnable lastJob) {
        last = lastJob;
        LockSupport.unpark(thread);
        if (Thread.currentThread() == thread) {
            return false; // somebody was told of an alert, and detaches at once
        }
        boolean interrupted = false;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_PATIENCE_MILLIS);
        while (thread.isAlive() && deadline - System.nanoTime() > 0) {
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                interrupted = true; // the caller's own affair, when this is done
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void runLast() {
        try {
            watchedComponents = null;
            runJobs();
            Thread hook = exitHook;
            if (hook != null) {
                boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
            }
        } catch (IllegalStateException e) {
            // the JVM is ending, and the hook with it
        } catch (Throwable t) {
            count(t);
        }
        Runnable lastJob = last;
        try {
            if (lastJob != null) {
                lastJob.run();
            }
        } catch (Throwable t) {
            count(t);
        }
    }

    /** A descriptor was refused: has the watch thread look whether there is any left, within the second. */
    void checkSoon() {
        hurried = true;
        LockSupport.unpark(thread);
    }

    /** From now on whoever asks by a file is answered; for the watch thread itself. */
    void setRequestServer(FileRequestServer newRequests) {
        fileRequestServer = newRequests;
    }

    /** The time that the thread goes by. */
    WatchClock clock() {
        WatchClock known = clock;
        if (known == null) {
            known = new WatchClock(); // two would do no harm
            clock = known;
        }
        return known;
    }

    void watch(
            Ledger ledger,
            SnapshotReader snapshotReader,
            ReportBuilder reportBuilder,
            ThreadCpuTime threadCpuTime,
            AlertMonitor alertMonitor,
            @Nullable TraceWriter traceWriter) {
        watchedComponents =
                new WatchedComponents(ledger, snapshotReader, reportBuilder, threadCpuTime, alertMonitor, traceWriter);
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        long next = clock().nanoTime();
        born = successors == 0 ? next : born; // a successor counts on from the same moment
        lastLook = next - PERIOD;
        lastListened = lastLook;
        lastNoted = lastLook;
        int rounds = 0;
        boolean begun = false;
        while (last == null) {
            try {
                runJobs();
                WatchedComponents now = watchedComponents;
                if (last != null) {
                    break;
                } else if (now == null && !backgroundTask.isDue()) {
                    clock().park(this);
                } else if (now != null && hurried && isDue(lastLook + PERIOD)) {
                    checkAlerts(now);
                } else if (now != null && !begun) {
                    // before a moment has passed a round has nothing to resolve, and many a program has ended
                    begun = true;
                    lastNoted = clock().nanoTime();
                    next = lastNoted + PERIOD;
                } else if (now != null && !isDue(next) && isDue(lastNoted + PERIOD)) {
                    noteBetweenRounds(now); // stacks that are not resolved are large
                } else if (fileRequestServer != null && !isDue(next) && isDue(lastListened + PERIOD)) {
                    pollRequests(); // rounds may be far apart, and somebody waits
                } else if (!isDue(next)) {
                    clock().parkNanos(this, nextWakeUp(next) - clock().nanoTime());
                } else {
                    next = clock().nanoTime() + PERIOD;
                    if (backgroundTask.isDue() || rounds % ROUNDS_PER_READING == 0) {
                        backgroundTask.run();
                    }
                    if (now != null) {
                        long began = clock().nanoTime();
                        long share = dutyCycle.roundStarted(now.cpuTime.nanos()) * DUTY_DIVISOR;
                        next = began + (rounds <= WARM_UP_ROUNDS ? PERIOD : Math.max(PERIOD, share));
                        round(now, rounds++);
                        long ended = clock().nanoTime();
                        long cpuAtEnd = now.cpuTime.nanos();
                        dutyCycle.roundEnded(ended - began);
                        checkAlerts(now);
                        long cpu = cpuAtEnd < 0 ? -1 : now.cpuTime.nanos() - cpuAtEnd;
                        dutyCycle.extraWork(clock().nanoTime() - ended, cpu);
                        pollRequests();
                        now.reporter.noteMinute(); // the last, so that a failure costs nothing else
                    }
                }
                boolean unused = Thread.interrupted(); // whoever interrupts all threads does not stop this one
            } catch (Throwable t) {
                next = clock().nanoTime() + PERIOD;
                count(t);
            }
        }
        runLast();
    }

    private boolean isDue(long time) {
        return clock().nanoTime() - time >= 0;
    }

    /** When there is something to do again, the next round or something before it. */
    private long nextWakeUp(long nextRound) {
        long soonest = watchedComponents == null ? nextRound : earlier(nextRound, lastNoted + PERIOD);
        soonest = hurried ? earlier(soonest, lastLook + PERIOD) : soonest;
        return fileRequestServer == null ? soonest : earlier(soonest, lastListened + PERIOD);
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    /** No error ends this thread, not even that there is no memory to count what went wrong. */
    private static void count(Throwable error) {
        try {
            InternalErrors.total(error);
        } catch (Throwable again) {
            // the next look may go better
        }
    }

    private void runJobs() {
        for (Runnable job = jobs.poll(); job != null; job = jobs.poll()) {
            job.run();
        }
    }

    /** Whether there is something to tell. */
    private void checkAlerts(WatchedComponents watchedComponents) {
        hurried = false;
        lastLook = clock().nanoTime();
        QuickStats quickStats = watchedComponents.readings.glance();
        boolean exhausted = isExhaustion(watchedComponents.ledger.refusals().take(), quickStats);
        watchedComponents.alarm.check(quickStats, exhausted, TimeUnit.NANOSECONDS.toMillis(lastLook - born));
    }

    /** Whether somebody asks by a file. */
    private void pollRequests() {
        lastListened = clock().nanoTime();
        FileRequestServer answering = fileRequestServer;
        if (answering != null) {
            answering.poll(TimeUnit.NANOSECONDS.toMillis(lastListened - born));
        }
    }

    /** Told by the C library's words, or in another language by that there is none left. */
    private static boolean isExhaustion(@Nullable String refusal, QuickStats quickStats) {
        return refusal != null && (refusal.contains(TOO_MANY) || quickStats.isFull());
    }

    /** What has happened, of which the kernel need not be asked. */
    private void recordRecentEvents(WatchedComponents watchedComponents) {
        lastNoted = clock().nanoTime();
        watchedComponents.ledger.resolveStacksBefore(MonotonicClock.millisAt(lastNoted) - RESOLVE_AFTER_MILLIS);
        watchedComponents.reporter.noteCloses();
        TraceWriter traceWriter = watchedComponents.trace;
        if (traceWriter != null) {
            traceWriter.write();
        }
    }

    private void noteBetweenRounds(WatchedComponents watchedComponents) {
        recordRecentEvents(watchedComponents);
        dutyCycle.betweenRounds(clock().nanoTime() - lastNoted);
    }

    private void round(WatchedComponents watchedComponents, int number) {
        recordRecentEvents(watchedComponents);
        long missed = watchedComponents.ledger.missedEvents();
        boolean missedSome = missed != missedBefore;
        missedBefore = missed;
        if (missedSome || number % ROUNDS_PER_READING == 0 || watchedComponents.readings.hasNewListeners()) {
            SnapshotReader.JoinedSnapshot unused = watchedComponents.readings.readFull(); // notes the states on its way
        } else {
            watchedComponents.readings.sampleStates();
        }
    }
}
