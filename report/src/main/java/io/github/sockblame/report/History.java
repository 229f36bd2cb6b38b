// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the last hour looked like: one sample in each minute of the clock in which the agent looked. A minute in which it did not has none.
 *
 * @param periodSeconds length of that minute, in seconds: no two samples lie in the same one
 * @param samples the samples, oldest first; no more than the agent keeps, which is {@link #MOST}
 */
public record History(int periodSeconds, List<Sample> samples) {

    /** So many samples does an agent of this version keep: an hour's. */
    public static final int MOST = 60;

    /** So many are read, a day's: a later agent may keep more. */
    static final int MOST_READ = 24 * 60;

    public History {
        samples = List.copyOf(samples);
    }

    /**
     * One look.
     *
     * @param at when
     * @param sockets socket descriptors of the process: those tracked, and the untracked ones that the latest whole reading found, which is some
     *     rounds old
     * @param leaked connections whose verdict was a leak; null if no report was made in that minute, for without one nothing is judged
     * @param byState TCP sockets by state
     */
    public record Sample(Instant at, int sockets, @Nullable Integer leaked, Map<TcpState, Integer> byState) {

        public Sample {
            requireNonNull(at, "at");
            byState = EnumCounts.copyOf(TcpState.class, byState);
        }

        /** The number of TCP sockets in this state. */
        public int inState(TcpState state) {
            return byState.getOrDefault(state, 0);
        }
    }
}
