// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rounds of the agent's watch thread, at the time of the report.
 *
 * @param lastRoundAt when the latest round began; null before the first one
 * @param nextRoundAt when the next round is due, or was due if it is late
 * @param longestDelay the longest time from when a round was due to when it began
 * @param longestInterval the longest time from the beginning of a round to the beginning of the next: so coarse are ages
 * @param stalled what does not return, one sentence each: a write to standard error, a JMX listener of the program
 */
public record WatchHealth(
        @Nullable Instant lastRoundAt,
        Instant nextRoundAt,
        Duration longestDelay,
        Duration longestInterval,
        List<String> stalled) {

    public WatchHealth {
        requireNonNull(nextRoundAt, "nextRoundAt");
        requireNonNull(longestDelay, "longestDelay");
        requireNonNull(longestInterval, "longestInterval");
        stalled = List.copyOf(stalled);
    }

    /** The same with these sentences. */
    public WatchHealth withStalled(List<String> sentences) {
        return new WatchHealth(lastRoundAt, nextRoundAt, longestDelay, longestInterval, sentences);
    }
}
