// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import io.github.sockblame.report.Site.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel still knows of connections that are closed: rows without an inode in FIN_WAIT1, FIN_WAIT2, CLOSING, LAST_ACK or TIME_WAIT. They
 * have no descriptor and are in no total; none of them is a leak.
 *
 * @param rows the whole network namespace's, by state
 * @param unattributed those of them for which this program is not known to have closed a connection: another program's, or not seen
 * @param complete whether all rows could be looked at
 * @param sites the places that leave most of them, the largest first, {@value #MOST_SITES} at the most
 * @param sitesInAll number of such places
 */
public record AfterClose(
        Map<TcpState, Integer> rows,
        Map<TcpState, Integer> unattributed,
        boolean complete,
        List<ClosedSite> sites,
        int sitesInAll) {

    /** So many places are named. */
    public static final int MOST_SITES = 50;

    public AfterClose {
        rows = EnumCounts.copyOf(TcpState.class, rows);
        unattributed = EnumCounts.copyOf(TcpState.class, unattributed);
        sites = List.copyOf(sites);
    }

    /**
     * The rows that the connections of one place left, to one remote endpoint; of accepted ones, on one local port.
     *
     * @param remote remote address of connections that were opened; null of accepted ones
     * @param localPort local port of accepted connections; null of those that were opened
     * @param count number of rows
     * @param states the same by state
     * @param byAddressOnly for how many of them only the addresses say that they are this program's: those in TIME_WAIT that did not get
     *     there with the close, and all in other states, of which the kernel does not tell since when
     * @param sampled whether the figures are estimates: more connections were closed than could be looked at
     * @param oldest when the first of these connections was closed
     * @param closedLately how many of them were closed in {@link #LATELY}
     * @param open how many of the connections that were opened at this place are open, whatever they go to; null if that place is not known
     * @param medianLife how long the one in the middle was open, if all are put in a row by that; null if it is known of none
     * @param opened where they were opened; null if the agent did not see it
     * @param closing where the close was asked for; null if that was not seen
     */
    public record ClosedSite(
            @Nullable Endpoint remote,
            @Nullable Integer localPort,
            int count,
            Map<TcpState, Integer> states,
            int byAddressOnly,
            boolean sampled,
            Instant oldest,
            int closedLately,
            @Nullable Integer open,
            @Nullable Duration medianLife,
            @Nullable Place opened,
            @Nullable Place closing) {

        /** What counts as lately: the last ten seconds. */
        public static final Duration LATELY = Duration.ofSeconds(10);

        public ClosedSite {
            states = EnumCounts.copyOf(TcpState.class, states);
        }
    }
}
