// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last hour: one sample for each minute of the clock in which the agent did a round. A minute without a round has
 * no sample.
 *
 * @param periodSeconds length of that minute, in seconds: no two samples lie in the same one
 * @param samples the samples, oldest first; at most as many as the agent keeps, which is {@link #MAX_SAMPLES}
 */
public record History(int periodSeconds, List<Sample> samples) {

    /** The number of samples that an agent of this version keeps: an hour's. */
    public static final int MAX_SAMPLES = 60;

    /** The largest number of samples that is read, a day's: a later agent may keep more. */
    public static final int MOST_READ = 24 * 60;

    public History {
        samples = List.copyOf(samples);
    }

    /**
     * The figures of one round.
     *
     * @param at when
     * @param sockets socket descriptors of the process: the tracked ones, and the untracked ones of the latest whole
     *     reading, which is some rounds old
     * @param leaked connections whose verdict was a leak; null if no report was made in that minute, because only a
     *     report has verdicts
     * @param byState TCP sockets by state
     * @param descriptors open descriptors of any kind; null if the kernel does not count them, or in a report of an older
     *     agent
     */
    public record Sample(
            Instant at,
            int sockets,
            @Nullable Integer leaked,
            Map<TcpState, Integer> byState,
            @Nullable Long descriptors) {

        public Sample {
            requireNonNull(at, "at");
            byState = EnumCounts.copyOf(TcpState.class, byState);
        }

        /** The figures without the number of descriptors. */
        public Sample(Instant at, int sockets, @Nullable Integer leaked, Map<TcpState, Integer> byState) {
            this(at, sockets, leaked, byState, null);
        }

        /** The number of TCP sockets in this state. */
        public int inState(TcpState state) {
            return byState.getOrDefault(state, 0);
        }
    }
}
