// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

/** Times in which a process ran. */
public final class SampleTime {

    private SampleTime() {}

    /** With one pause, between these two moments in milliseconds since the epoch. */
    public static WatchedTime pausedBetween(long start, long end) {
        return new WatchedTime(new long[] {start}, new long[] {end}, 0, 0);
    }
}
