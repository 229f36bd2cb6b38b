// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import io.github.sockblame.report.Site.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel still has of closed connections: rows without an inode in FIN_WAIT1, FIN_WAIT2, CLOSING, LAST_ACK or
 * TIME_WAIT. They have no descriptor and are in no total; none of them is a leak.
 *
 * @param rows the whole network namespace's, by state
 * @param unattributed the rows without a matching close of this program: they belong to another program, or the agent
 *     missed the close
 * @param complete whether the agent could read all rows
 * @param sites the places that leave most rows, the largest first, at most {@value #MOST_SITES}
 * @param siteCount number of such places
 */
public record AfterClose(
        Map<TcpState, Integer> rows,
        Map<TcpState, Integer> unattributed,
        boolean complete,
        List<ClosedSite> sites,
        int siteCount) {

    /** The largest number of places in a report. */
    public static final int MOST_SITES = 50;

    public AfterClose {
        rows = EnumCounts.copyOf(TcpState.class, rows);
        unattributed = EnumCounts.copyOf(TcpState.class, unattributed);
        sites = List.copyOf(sites);
    }

    /**
     * The rows that the connections of one place left, to one remote endpoint, or on one local port if they were
     * accepted.
     *
     * @param remote remote address of outgoing connections; null for accepted ones
     * @param localPort local port of accepted connections; null for outgoing ones
     * @param count number of rows
     * @param states the same by state
     * @param byAddressOnly how many rows belong to this program by their addresses alone. These are the rows in
     *     TIME_WAIT that did not get there with the close, and all rows in other states, because the kernel does not
     *     publish since when they are in their state
     * @param sampled whether the figures are estimates, because more connections were closed than the agent could check
     * @param firstClosedAt when the first of these connections was closed
     * @param closedInLastTenSeconds how many of them were closed in {@link #LAST_TEN_SECONDS}
     * @param open how many connections from the same opening place are open, to any endpoint; null if that place is
     *     unknown
     * @param medianLifetime median time that these connections were open; null if it is unknown for all of them
     * @param opened where they were opened; null if the agent did not see it
     * @param closing where the program requested the close; null if the agent did not see it
     */
    public record ClosedSite(
            @Nullable Endpoint remote,
            @Nullable Integer localPort,
            int count,
            Map<TcpState, Integer> states,
            int byAddressOnly,
            boolean sampled,
            Instant firstClosedAt,
            int closedInLastTenSeconds,
            @Nullable Integer open,
            @Nullable Duration medianLifetime,
            @Nullable Place opened,
            @Nullable Place closing) {

        /** The period of {@code closedInLastTenSeconds}. */
        public static final Duration LAST_TEN_SECONDS = Duration.ofSeconds(10);

        public ClosedSite {
            states = EnumCounts.copyOf(TcpState.class, states);
        }
    }
}
