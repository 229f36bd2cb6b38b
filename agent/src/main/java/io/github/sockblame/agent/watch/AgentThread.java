// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.log.ErrorText;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.log.Log;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The agent's one thread, a daemon: its start, its replacement after an error, its jobs and its end.
 *
 * <p><b>Concurrency.</b> All periodic work runs on this thread, so the classes of a round need no locks among
 * themselves. Other threads reach it in three ways. They add a job to a queue and unpark the thread. They set a volatile
 * field that the loop reads before it waits, and unpark the thread; an unpark before the wait makes the wait return at
 * once, so no request is lost between the check and the wait. Or they take the lock of the readings, which this thread
 * holds during one reading only: a report on another thread waits for a reading and for nothing else of this thread. No
 * thread of the program waits for this one, except the thread that detaches the agent and the one that ends the JVM;
 * both wait for a limited time.
 *
 * <p>An error ends the thread only if it could not be counted. The dying thread then starts its replacement, at most
 * {@value #MAX_RESTARTS} times, which begins the loop anew with the jobs that are left. Two threads never run the loop
 * at the same time, because the replacement starts when the loop of the first has ended.
 */
final class AgentThread implements Runnable, Thread.UncaughtExceptionHandler {

    /** How often a new thread replaces one that died: a cause that kills so many threads kills the next one as well. */
    private static final int MAX_RESTARTS = 10;

    /** How many attempts a start of the replacement has, with a pause of a second between them. */
    private static final int MAX_STARTS = 60;

    private static final long START_PAUSE = TimeUnit.SECONDS.toNanos(1);

    /** How often a job may begin that fails each time for a lack of memory. */
    private static final int MAX_JOB_ATTEMPTS = 10;

    /** Enough for a weaving and a report whatever {@code -Xss} is. */
    private static final long STACK = 1 << 20;

    /** How long the caller of stop waits for the thread. */
    private static final long STOP_PATIENCE_MILLIS = 5000;

    /** How long the end of the JVM may wait for the last jobs. */
    private static final long EXIT_PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private final Runnable loop;
    private final Queue<Runnable> jobs = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> exitJobs = new ConcurrentLinkedQueue<>();
    private volatile Thread thread = newThread();
    private int restarts;
    private int failedJobAttempts;
    private volatile @Nullable String failureCause;
    private volatile @Nullable Runnable lastJob;
    private volatile @Nullable Thread exitHook;
    private volatile boolean jvmEnding;

    /**
     * Prepares the thread.
     *
     * @param loop runs {@link #runJobs} and the periodic work until {@link #isStopping}; a replacement runs it anew
     */
    AgentThread(Runnable loop) {
        this.loop = loop;
    }

    void start() {
        thread.start();
    }

    private Thread newThread() {
        Thread made = new Thread(null, this, "sockblame-watch", STACK, false);
        made.setDaemon(true);
        made.setContextClassLoader(null);
        made.setUncaughtExceptionHandler(this);
        return made;
    }

    /** Runs on the dying thread. The program's default handler of uncaught exceptions is not called. */
    @Override
    public void uncaughtException(Thread dead, Throwable error) {
        failureCause = "an error without a text";
        try {
            failureCause = ErrorText.of(error);
            InternalErrors.count(error);
        } catch (Throwable again) {
            // no memory for the text
        }
        if (lastJob == null && restarts < MAX_RESTARTS) {
            restarts++;
            startReplacement();
        }
    }

    /** Starts the replacement. A full heap may have room for a thread a little later, and the dying thread can wait. */
    private void startReplacement() {
        boolean started = false;
        for (int attempt = 0; !started && attempt < MAX_STARTS && lastJob == null; attempt++) {
            try {
                Thread next = newThread();
                next.start();
                thread = next;
                failureCause = null;
                started = true;
            } catch (Throwable noMemory) {
                LockSupport.parkNanos(START_PAUSE);
            }
        }
    }

    /** The error that ended the thread without a replacement; null while it lives, or if it was stopped. */
    @Nullable String failureCause() {
        return lastJob == null && !thread.isAlive() ? failureCause : null;
    }

    @Override
    public void run() {
        loop.run();
        finish();
    }

    /** Adds a job, and wakes the thread. */
    void submit(Runnable job) {
        jobs.add(job);
        wake();
    }

    /** Ends the present or the next wait of the thread. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Returns whether the thread is to end after its present work. */
    boolean isStopping() {
        return lastJob != null;
    }

    /** Returns whether the end of the JVM waits for the jobs. */
    boolean isJvmEnding() {
        return jvmEnding;
    }

    /**
     * Runs the submitted jobs; for the loop. A job that fails for a lack of memory stays the first one, and the next
     * call runs it again: without its work, no report and no MXBean would ever come.
     */
    void runJobs() {
        for (Runnable job = jobs.peek(); job != null; job = jobs.peek()) {
            boolean stays = false;
            try {
                job.run();
            } catch (Throwable t) {
                stays = t instanceof OutOfMemoryError && ++failedJobAttempts < MAX_JOB_ATTEMPTS;
                throw t;
            } finally {
                if (!stays) {
                    failedJobAttempts = 0;
                    Runnable unused = jobs.poll();
                }
            }
        }
    }

    /** Runs this on the thread when the JVM ends; the end waits for it for a limited time. */
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
                    InternalErrors.countIfPossible(t); // the program's handler of uncaught exceptions is not for this
                }
            }
        };
        try {
            Thread hook = new Thread(null, waiting, "sockblame-exit", STACK, false);
            Runtime.getRuntime().addShutdownHook(hook);
            exitHook = hook;
        } catch (IllegalStateException e) {
            InternalErrors.count(e); // it is ending already
        }
    }

    private void runExitJobs() {
        if (!thread.isAlive()) {
            return; // no thread would run it
        }
        jvmEnding = true;
        CountDownLatch done = new CountDownLatch(1);
        exitJobs.forEach(this::submit);
        submit(done::countDown);
        try {
            boolean unused = done.await(EXIT_PATIENCE, TimeUnit.NANOSECONDS);
            Log.awaitPrinted();
        } catch (InterruptedException e) {
            // the JVM then ends without it
        }
    }

    /**
     * Ends the thread for good, after its present work and all submitted jobs.
     *
     * @param job the last job of the thread
     * @return whether it has ended; if not, it is busy, and ends later
     */
    boolean stop(Runnable job) {
        lastJob = job;
        wake();
        if (Thread.currentThread() == thread) {
            return false; // the receiver of an alert detaches at once
        }
        boolean interrupted = false;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_PATIENCE_MILLIS);
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

    /** Runs the jobs that are left, and the last one. */
    private void finish() {
        try {
            runJobs();
            Thread hook = exitHook;
            if (hook != null) {
                boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
            }
        } catch (IllegalStateException e) {
            // the JVM is ending, and the hook with it
        } catch (Throwable t) {
            InternalErrors.countIfPossible(t);
        }
        Runnable job = lastJob;
        try {
            if (job != null) {
                job.run();
            }
        } catch (Throwable t) {
            InternalErrors.countIfPossible(t);
        }
    }
}
