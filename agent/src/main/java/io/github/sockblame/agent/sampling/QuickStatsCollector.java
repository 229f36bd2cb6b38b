// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.kernel.net.StateCounts;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.TcpState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts, in each round, the figures that decide whether a report is worth its cost. */
final class QuickStatsCollector implements RoundObserver {

    private final StateCounts byState = new StateCounts();
    private int suspects;
    private long longest;
    private int sockets;
    private int latestSockets;
    private long latestMillis;
    private QuickStats latest = new QuickStats(Map.of(), 0, 0, -1, -1);

    @Override
    public void beginRound() {
        byState.clear();
        sockets = 0;
        suspects = 0;
        longest = 0;
    }

    @Override
    public void observe(@Nullable TrackedSocket socket, @Nullable TcpState state, long suspectMillis) {
        sockets++;
        if (state != null) {
            byState.add(state);
        }
        if (suspectMillis != NO_SUSPECT) {
            suspects++;
            longest = Math.max(longest, suspectMillis);
        }
    }

    @Override
    public void endRound(long nowMillis) {
        latestMillis = nowMillis;
        latestSockets = sockets;
        latest = new QuickStats(byState.toMap(), suspects, longest, latest.openDescriptors(), latest.descriptorLimit());
    }

    /** Sets the figures of a whole reading, or those that the kernel gives at once; -1 for unknown ones. */
    void setDescriptors(long open, long limit) {
        latest = new QuickStats(latest.byState(), latest.suspects(), latest.longestMillis(), open, limit);
    }

    /**
     * Records the latest round, if there was one, as the sample of its minute.
     *
     * @param descriptors open descriptors of any kind now; -1 if unknown
     */
    void recordMinute(MinuteHistory minuteHistory, long descriptors) {
        if (latestMillis > 0) {
            minuteHistory.recordRound(latestMillis, latestSockets, latest.byState(), descriptors);
        }
    }

    /** The number of sockets in the latest round. */
    int sockets() {
        return latestSockets;
    }

    /** The figures of the latest round. */
    QuickStats latest() {
        return latest;
    }
}
