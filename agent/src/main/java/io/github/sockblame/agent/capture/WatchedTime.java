// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

/**
 * The pauses in which the process did not run, as they were at one moment. All times are in milliseconds since the
 * epoch.
 */
public final class WatchedTime {

    /** Without a pause. */
    public static final WatchedTime WITHOUT_PAUSE = new WatchedTime(new long[0], new long[0], 0, 0);

    private final long[] starts;
    private final long[] ends;
    private final long earlierMillis;
    private final long earlierUntil;

    /**
     * Has these pauses.
     *
     * @param starts when each began, in the order of time
     * @param ends when each ended
     * @param earlierMillis the sum of pauses before these
     * @param earlierUntil when the last of the earlier ones ended
     */
    WatchedTime(long[] starts, long[] ends, long earlierMillis, long earlierUntil) {
        this.starts = starts;
        this.ends = ends;
        this.earlierMillis = earlierMillis;
        this.earlierUntil = earlierUntil;
    }

    /** The time between these two moments in which the process ran. */
    public long between(long since, long now) {
        long elapsed = now - since;
        for (int i = starts.length - 1; i >= 0 && ends[i] > since; i--) {
            elapsed -= Math.max(0, Math.min(now, ends[i]) - Math.max(since, starts[i]));
        }
        if (earlierUntil > since) {
            elapsed -= Math.min(earlierMillis, earlierUntil - since);
        }
        return elapsed;
    }
}
