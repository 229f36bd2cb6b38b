// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.alert.AlertMonitor;
import io.github.sockblame.agent.capture.ProcessPauses;
import io.github.sockblame.agent.kernel.proc.ThreadCpuTime;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.memory.ScarceHeap;
import io.github.sockblame.agent.program.ProgramScanner;
import io.github.sockblame.agent.request.FileRequestServer;
import io.github.sockblame.agent.sampling.Sampling;
import io.github.sockblame.agent.trace.TraceWriter;
import org.jspecify.annotations.Nullable;

/**
 * The work of the agent's one thread. The thread sleeps until there is something to watch. From then on it does a round
 * each second, or less often if a round would cost more than half a percent of one core.
 *
 * <p>This class runs the loop. {@link AgentThread} is the thread, {@link WatchSchedule} decides what is due, and
 * {@link WatchRound} does it.
 */
public final class Watch implements Runnable {

    private final BackgroundTask backgroundTask;
    private final WatchSchedule schedule = new WatchSchedule();
    private final AgentThread thread = new AgentThread(this);
    private final ProcessPauses pauses = new ProcessPauses();

    /** Null until it is needed: the thread that starts this one is the program's, and must not load its class. */
    private volatile @Nullable WatchClock clock;

    /** Null until there are sockets. */
    private volatile @Nullable WatchRound round;

    private @Nullable FileRequestServer requestServer;

    private @Nullable ProgramScanner programScanner;

    /** Null until there are sockets. */
    private volatile @Nullable ScarceHeap scarceHeap;

    /** Null until there are sockets. */
    private volatile @Nullable RoundTimes roundTimes;

    private final FirstWork firstWork = new FirstWork();

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

    /** The error that ended the thread without a replacement; null while it lives, or if it was stopped. */
    public @Nullable String failureCause() {
        return thread.failureCause();
    }

    /** Runs this on the watch thread, soon. */
    public void submit(Runnable job) {
        thread.submit(job);
    }

    /** Makes the watch thread check whether the background task is due, soon and then once a second until it is not. */
    public void wake() {
        thread.wake();
    }

    /** Runs this on the watch thread when the JVM ends; the end waits for it for a limited time. */
    public void onShutdown(Runnable job) {
        thread.onShutdown(job);
    }

    /**
     * Ends the thread for good, after its present work and all submitted jobs.
     *
     * @param lastJob the last job of the thread
     * @return whether it has ended; if not, it is busy, and ends later
     */
    public boolean stop(Runnable lastJob) {
        return thread.stop(lastJob);
    }

    /** Makes the watch thread check, within the second, whether any descriptor is left, because an open was refused. */
    public void checkSoon() {
        schedule.requestAlertCheck();
        thread.wake();
    }

    /** Makes the watch thread resolve all stacks now, because there is no memory for many more unresolved ones. */
    public void resolveSoon() {
        schedule.requestResolving();
        thread.wake();
    }

    /** Sets the server that answers file requests from now on; for the watch thread itself. */
    public void setRequestServer(FileRequestServer newServer) {
        requestServer = newServer;
        schedule.startAnswering();
    }

    /** Sets what looks for the program's classes before a round; for the watch thread itself. */
    public void setProgramScanner(ProgramScanner scanner) {
        programScanner = scanner;
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

    /** The pauses of the process, as far as this thread shows them. */
    public ProcessPauses pauses() {
        return pauses;
    }

    /** Starts the rounds, which use these parts. */
    public void watch(
            LedgerView ledger,
            Sampling sampling,
            ThreadCpuTime threadCpuTime,
            AlertMonitor alertMonitor,
            @Nullable TraceWriter traceWriter,
            ScarceHeap heap) {
        scarceHeap = heap;
        roundTimes = RoundTimes.before(clock().nanoTime() + WatchSchedule.PERIOD);
        round = new WatchRound(clock(), schedule, ledger, sampling, threadCpuTime, alertMonitor, traceWriter);
        thread.wake();
    }

    /** When the rounds began and are due; null until there are sockets. */
    public @Nullable RoundTimes roundTimes() {
        return roundTimes;
    }

    /** The loop of the watch thread, or of its replacement. */
    @Override
    public void run() {
        schedule.start(clock().nanoTime());
        while (!thread.isStopping()) {
            try {
                if (!thread.isJvmEnding() && firstWork.delay(clock().nanoTime(), scarceHeap)) {
                    await(WatchSchedule.PERIOD);
                } else {
                    thread.runJobs();
                    if (!thread.isStopping()) {
                        runDueTask();
                    }
                }
                boolean unused = Thread.interrupted(); // a program that interrupts all threads does not stop this one
            } catch (Throwable t) {
                delayAfter(t);
            }
        }
        round = null;
    }

    /** Delays the next round, and the job that lacked memory. A lack of memory in here must not end the thread. */
    private void delayAfter(Throwable error) {
        InternalErrors.countIfPossible(error);
        try {
            schedule.delayRound(clock().nanoTime());
            publishNextRound();
            if (error instanceof OutOfMemoryError) {
                await(WatchSchedule.PERIOD);
            }
        } catch (Throwable again) {
            InternalErrors.countIfPossible(again);
        }
    }

    private void runDueTask() {
        WatchRound watching = round;
        if (watching != null) {
            schedule.startWatching(clock().nanoTime());
        }
        boolean backgroundDue = backgroundTask.isDue();
        WatchSchedule.Task task = schedule.due(clock().nanoTime(), backgroundDue);
        if (task == null) {
            await(schedule.untilNextTask(clock().nanoTime(), backgroundDue));
        } else {
            long began = clock().nanoTime();
            run(task, watching, backgroundDue);
            pauses.worked(began, clock().nanoTime());
        }
    }

    private void run(WatchSchedule.Task task, @Nullable WatchRound watching, boolean backgroundDue) {
        if (task == WatchSchedule.Task.ROUND) {
            runRound(watching, backgroundDue);
        } else if (task == WatchSchedule.Task.POLL_REQUESTS) {
            pollRequests();
        } else if (watching != null && task == WatchSchedule.Task.CHECK_ALERTS) {
            watching.checkAlerts();
        } else if (watching != null) {
            watching.recordBetweenRounds();
        }
    }

    private void await(long nanos) {
        if (nanos == WatchSchedule.NEVER) {
            clock().park(this);
        } else {
            pauses.sleepUntil(clock().nanoTime() + nanos);
            clock().parkNanos(this, nanos);
            pauses.awake(clock().nanoTime());
        }
    }

    private void publishNextRound() {
        RoundTimes known = roundTimes;
        if (known != null) {
            roundTimes = known.withNext(schedule.nextRound());
        }
    }

    private void publishRound(long began, long due) {
        RoundTimes known = roundTimes;
        if (known != null) {
            roundTimes = known.withRound(began, due, schedule.nextRound());
        }
    }

    private void runRound(@Nullable WatchRound watching, boolean backgroundDue) {
        long due = schedule.nextRound();
        schedule.delayRound(clock().nanoTime());
        if (backgroundDue || schedule.isReadingDue()) {
            backgroundTask.run();
        }
        if (watching != null) {
            long began = watching.start();
            publishRound(began, due);
            ProgramScanner scanner = programScanner;
            if (scanner != null) {
                scanner.scanIfDue(began);
            }
            watching.run(began);
            pollRequests();
            watching.recordMinute();
            firstWork.end();
        }
    }

    /** Answers file requests if there are any. Before that, publishes whether JMX is too costly for the heap. */
    private void pollRequests() {
        ScarceHeap heap = scarceHeap;
        if (heap != null) {
            heap.check();
        }
        long now = clock().nanoTime();
        schedule.startPoll(now);
        FileRequestServer answering = requestServer;
        if (answering != null) {
            answering.poll(schedule.millisSinceStart(now));
        }
    }
}
