// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import java.util.Arrays;

/**
 * The pauses of the process: a SIGSTOP, a debugger, a frozen container, a long garbage collection. The watch thread
 * records when it wants to run again, and when it did. A state does not become older in a pause, because the program
 * could not react to it.
 *
 * <p>All moments are given in nanoseconds, as {@link System#nanoTime} has them.
 */
public final class ProcessPauses {

    /** A thread that wakes so much too late did not wait for a processor alone. */
    static final long LEAST_NANOS = 2_000_000_000L;

    /** Of more pauses, the oldest are kept as a sum. */
    static final int MOST = 64;

    private final long[] starts = new long[MOST + 1]; // one more for a snapshot
    private final long[] ends = new long[MOST + 1];
    private int count;
    private long earlierMillis;
    private long earlierUntil;
    private boolean sleeping;
    private long due;

    /** The thread sleeps from now on, and wants to run again at this moment at the latest. */
    public synchronized void sleepUntil(long dueNanos) {
        sleeping = true;
        due = dueNanos;
    }

    /** The thread runs again, after {@link #sleepUntil}. */
    public synchronized void awake(long nowNanos) {
        if (sleeping) {
            sleeping = false;
            add(due, nowNanos);
        }
    }

    /** The thread has worked from one moment to the other; it works for milliseconds, if nothing stops it. */
    public synchronized void worked(long beganNanos, long nowNanos) {
        add(beganNanos, nowNanos);
    }

    private void add(long fromNanos, long toNanos) {
        if (toNanos - fromNanos < LEAST_NANOS) {
            return;
        }
        if (count == MOST) {
            earlierMillis += ends[0] - starts[0];
            earlierUntil = ends[0];
            count--;
            System.arraycopy(starts, 1, starts, 0, count);
            System.arraycopy(ends, 1, ends, 0, count);
        }
        starts[count] = MonotonicClock.millisAt(fromNanos);
        ends[count] = MonotonicClock.millisAt(toNanos);
        count++;
    }

    /** The pauses until this moment, and among them one after which the thread has not run yet. */
    public synchronized WatchedTime until(long nowNanos) {
        boolean pausing = sleeping && nowNanos - due >= LEAST_NANOS;
        int size = pausing ? count + 1 : count;
        long[] from = Arrays.copyOf(starts, size);
        long[] to = Arrays.copyOf(ends, size);
        if (pausing) {
            from[count] = MonotonicClock.millisAt(due);
            to[count] = MonotonicClock.millisAt(nowNanos);
        }
        return new WatchedTime(from, to, earlierMillis, earlierUntil);
    }
}
