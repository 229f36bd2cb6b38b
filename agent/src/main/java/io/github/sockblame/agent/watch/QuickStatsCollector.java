// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.alarm.QuickStats;
import io.github.sockblame.agent.kernel.StateCounts;
import io.github.sockblame.report.TcpState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts, in each round, the figures that decide whether a report is worth its cost. */
public final class QuickStatsCollector {

    private final long graceMillis;
    private final StateCounts byState = new StateCounts();
    private int suspects;
    private long longest;
    private int sockets;
    private int latestSockets;
    private long latestMillis;
    private QuickStats latest = new QuickStats(Map.of(), 0, 0, -1, -1);

    /** Counts as suspects those that are so for longer than this grace, in milliseconds. */
    public QuickStatsCollector(long graceMillis) {
        this.graceMillis = graceMillis;
    }

    /** Begins a round, and drops the figures of a round that did not end. */
    void beginRound() {
        byState.clear();
        sockets = 0;
        suspects = 0;
        longest = 0;
    }

    /**
     * Receives one socket of this round.
     *
     * @param state null if it is no TCP socket, or did not answer
     * @param suspiciousSince since when it is in the state of a leak, in milliseconds since the epoch; 0 if it is not
     */
    void see(@Nullable TcpState state, long suspiciousSince, long nowMillis) {
        sockets++;
        if (state != null) {
            byState.add(state);
        }
        if (suspiciousSince > 0 && nowMillis - suspiciousSince >= graceMillis) {
            suspects++;
            longest = Math.max(longest, nowMillis - suspiciousSince);
        }
    }

    /** Ends the round, after all its sockets. */
    void endRound(long nowMillis) {
        latestMillis = nowMillis;
        latestSockets = sockets;
        latest = new QuickStats(byState.toMap(), suspects, longest, latest.openDescriptors(), latest.descriptorLimit());
    }

    /** Sets the figures of a whole reading, or those that the kernel gives at once; -1 for unknown ones. */
    void descriptors(long open, long limit) {
        latest = new QuickStats(latest.byState(), latest.suspects(), latest.longestMillis(), open, limit);
    }

    /** Records the latest round, if there was one, as the sample of its minute. */
    void recordMinute(MinuteHistory minuteHistory) {
        if (latestMillis > 0) {
            minuteHistory.recordRound(latestMillis, latestSockets, latest.byState());
        }
    }

    /** The figures of the latest round. */
    QuickStats latest() {
        return latest;
    }
}
