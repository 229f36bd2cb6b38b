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
 * The agent's one thread, a daemon. It sleeps until there is something to watch. From then on it does a round each
 * second, or less often if a round would cost more than half a percent of one core.
 */
public final class Watch implements Runnable {

    private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

    /** The time from the beginning of a round to the next is at least the cost of the round times this number. */
    private static final long DUTY_DIVISOR = 200;

    /**
     * A whole reading finds the sockets without a hook event, so that their states are recorded from then on, and the
     * records whose close was missed. After a missed event the next round does a whole reading, because a stale record
     * could be matched to a new owner of the same number.
     */
    private static final int ROUNDS_PER_READING = 30;

    /** The first rounds load classes, so their cost does not predict that of later ones. */
    private static final int WARM_UP_ROUNDS = 3;

    /** How long the caller of stop waits for the thread. */
    private static final long END_PATIENCE_MILLIS = 5000;

    /** How long the end of the JVM may wait for the last report. */
    private static final long EXIT_PATIENCE = TimeUnit.SECONDS.toNanos(5);

    /** The C library's message for EMFILE, and the beginning of that for ENFILE. */
    private static final String TOO_MANY = "Too many open files";

    /** Stacks of more recent events stay unresolved, because most connections are gone by then. */
    private static final long RESOLVE_AFTER_MILLIS = 1000;

    /** Enough for a weaving and a report whatever {@code -Xss} is. */
    private static final long STACK = 1 << 20;

    /** How often a new thread replaces one that died: a cause that kills so many threads kills the next one as well. */
    private static final int MAX_RESTARTS = 10;

    private volatile Thread thread = newThread();
    private int successors;
    private volatile @Nullable String failureCause;
    private final Queue<Runnable> jobs = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> exitJobs = new ConcurrentLinkedQueue<>();
    private final BackgroundTask backgroundTask;

    /** Null until it is needed: the thread that starts this one is the program's, and must not load its class. */
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

    /** The parts that a round uses. */
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
     * Starts a new thread when this one ends with an error that it could not even count. The dying thread starts it.
     * The program's default handler of uncaught exceptions is not called.
     */
    private void restartAfter(Throwable error) {
        failureCause = "an error without a readable message";
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

    /** The error that ended the thread without a replacement; null while it lives, or if it was stopped. */
    public @Nullable String failureCause() {
        return last == null && !thread.isAlive() ? failureCause : null;
    }

    /** Runs this on the watch thread, soon. */
    public void submit(Runnable job) {
        jobs.add(job);
        LockSupport.unpark(thread);
    }

    /** Makes the watch thread check whether the background task is due, soon and then once a second until it is not. */
    public void wake() {
        LockSupport.unpark(thread);
    }

    /** Runs this on the watch thread when the JVM ends; the end waits for it for a limited time. */
    public void onShutdown(Runnable job) {
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
            return; // no thread would run it
        }
        CountDownLatch done = new CountDownLatch(1);
        exitJobs.forEach(this::submit);
        submit(done::countDown);
        try {
            boolean unused = done.await(EXIT_PATIENCE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // the JVM then ends without it
        }
    }

    /**
     * Ends the thread for good, after its present work and all submitted jobs.
     *
     * @param lastJob the last job of the thread
     * @return whether it has ended; if not, it is busy, and ends later
     */
    public boolean stop(Runnable lastJob) {
        last = lastJob;
        LockSupport.unpark(thread);
        if (Thread.currentThread() == thread) {
            return false; // the receiver of an alert detaches at once
        }
        boolean interrupted = false;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_PATIENCE_MILLIS);
        while (thread.isAlive() && deadline - System.nanoTime() > 0) {
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                interrupted = true; // for the caller, after this method
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

    /** Makes the watch thread check, within the second, whether any descriptor is left, because an open was refused. */
    public void checkSoon() {
        hurried = true;
        LockSupport.unpark(thread);
    }

    /** Sets the server that answers file requests from now on; for the watch thread itself. */
    public void setRequestServer(FileRequestServer newRequests) {
        fileRequestServer = newRequests;
    }

    /** The thread's clock. */
    public WatchClock clock() {
        WatchClock known = clock;
        if (known == null) {
            known = new WatchClock(); // two would do no harm
            clock = known;
        }
        return known;
    }

    /** Starts the rounds, which use these parts. */
    public void watch(
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
        born = successors == 0 ? next : born; // a replacement counts on from the same moment
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
                    // before that a round has nothing to resolve, and many programs end
                    begun = true;
                    lastNoted = clock().nanoTime();
                    next = lastNoted + PERIOD;
                } else if (now != null && !isDue(next) && isDue(lastNoted + PERIOD)) {
                    noteBetweenRounds(now); // unresolved stacks are large
                } else if (fileRequestServer != null && !isDue(next) && isDue(lastListened + PERIOD)) {
                    pollRequests(); // rounds may be far apart, and a viewer waits
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
                boolean unused = Thread.interrupted(); // a program that interrupts all threads does not stop this one
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

    /** The time of the next work: the next round or something before it. */
    private long nextWakeUp(long nextRound) {
        long soonest = watchedComponents == null ? nextRound : earlier(nextRound, lastNoted + PERIOD);
        soonest = hurried ? earlier(soonest, lastLook + PERIOD) : soonest;
        return fileRequestServer == null ? soonest : earlier(soonest, lastListened + PERIOD);
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    /** Counts an error. No error ends this thread, not even a lack of memory for the count. */
    private static void count(Throwable error) {
        try {
            InternalErrors.total(error);
        } catch (Throwable again) {
            // the next round may succeed
        }
    }

    private void runJobs() {
        for (Runnable job = jobs.poll(); job != null; job = jobs.poll()) {
            job.run();
        }
    }

    /** Raises alerts if there are any. */
    private void checkAlerts(WatchedComponents watchedComponents) {
        hurried = false;
        lastLook = clock().nanoTime();
        QuickStats quickStats = watchedComponents.readings.glance();
        boolean exhausted = isExhaustion(watchedComponents.ledger.refusals().take(), quickStats);
        watchedComponents.alarm.check(quickStats, exhausted, TimeUnit.NANOSECONDS.toMillis(lastLook - born));
    }

    /** Answers file requests if there are any. */
    private void pollRequests() {
        lastListened = clock().nanoTime();
        FileRequestServer answering = fileRequestServer;
        if (answering != null) {
            answering.poll(TimeUnit.NANOSECONDS.toMillis(lastListened - born));
        }
    }

    /**
     * Recognizes exhaustion by the C library's words, or in another language by the fact that no descriptor is left.
     */
    private static boolean isExhaustion(@Nullable String refusal, QuickStats quickStats) {
        return refusal != null && (refusal.contains(TOO_MANY) || quickStats.isFull());
    }

    /** Records recent events, for which the kernel is not needed. */
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
            SnapshotReader.JoinedSnapshot unused = watchedComponents.readings.readFull(); // records states
        } else {
            watchedComponents.readings.sampleStates();
        }
    }
}
