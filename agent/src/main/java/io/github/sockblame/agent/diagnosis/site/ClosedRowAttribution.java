// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.join.ClosedConnection;
import io.github.sockblame.agent.join.ClosedConnections;
import io.github.sockblame.agent.kernel.net.ClosedConnectionTable;
import io.github.sockblame.agent.kernel.net.ConnectionKey;
import io.github.sockblame.agent.kernel.net.ProcAddressFormat;
import io.github.sockblame.agent.ledger.ConnectionEndpoints;
import io.github.sockblame.report.AfterClose;
import io.github.sockblame.report.AfterClose.ClosedSite;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.TcpState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Attributes the rows of closed connections to the code that opened and closed them: by the addresses, and by time
 * where the kernel has one. A connection in TIME_WAIT got there a minute before its timer ends
 * ({@code TCP_TIMEWAIT_LEN}).
 */
public final class ClosedRowAttribution {

    private static final long TIME_WAIT_MILLIS = 60_000;

    /**
     * Covers the difference between the agent's clock and the kernel's ticks, and between the reading of the rows and
     * the report.
     */
    private static final long SLACK_MILLIS = 2000;

    private static final Comparator<ClosedConnection> LATEST_FIRST =
            Comparator.comparingLong(ClosedConnection::closedMillis).reversed();

    private final ClosedConnections closed;
    private final long nowMillis;
    private final StackTable stacks;
    private final Map<Key, ClosedSiteBuilder> sites = new LinkedHashMap<>();
    private final Map<TcpState, Double> attributed = new EnumMap<>(TcpState.class);

    /**
     * The common properties of the connections of one place.
     *
     * @param end the remote endpoint; the local port of accepted ones
     * @param place represents the opening stack; an empty text if it is unknown
     */
    private record Key(Object end, Object place) {

        // by hand, see Endpoint
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && end.equals(that.end) && place.equals(that.place);
        }

        @Override
        public int hashCode() {
            return 31 * end.hashCode() + place.hashCode();
        }
    }

    /**
     * Begins without a site.
     *
     * @param closed the rows, and the connections that were closed
     * @param nowMillis the moment of the reading, in milliseconds since the epoch
     * @param stacks numbers the stacks
     */
    public ClosedRowAttribution(ClosedConnections closed, long nowMillis, StackTable stacks) {
        this.closed = closed;
        this.nowMillis = nowMillis;
        this.stacks = stacks;
    }

    /**
     * Attributes all rows.
     *
     * @param flows has the numbers of open sockets
     */
    public AfterClose attribute(FlowCounter flows) {
        List<ClosedConnection> latestFirst = new ArrayList<>(closed.seen());
        latestFirst.sort(LATEST_FIRST);
        Set<Long> taken = new HashSet<>();
        for (ClosedConnection connection : latestFirst) {
            ConnectionEndpoints ends = connection.endpoints();
            long key = ConnectionKey.of(ends.remote().getAddress(), ends.remotePort(), ends.localPort());
            ClosedConnectionTable.Row row =
                    taken.contains(key) ? null : closed.rows().find(key);
            if (row != null && isAfterOpening(row, connection)) {
                taken.add(key);
                add(connection, row);
            }
        }
        Map<TcpState, Integer> rows = closed.rows().byState();
        Map<TcpState, Double> shares = shares(rows);
        List<Map.Entry<Key, ClosedSiteBuilder>> largestFirst = new ArrayList<>(sites.entrySet());
        largestFirst.sort(
                (a, b) -> Double.compare(b.getValue().count(), a.getValue().count()));
        List<ClosedSite> named = new ArrayList<>();
        for (Map.Entry<Key, ClosedSiteBuilder> site :
                largestFirst.subList(0, Math.min(AfterClose.MOST_SITES, largestFirst.size()))) {
            Object place = site.getKey().place;
            Integer open = place instanceof Frame ? (Integer) flows.open(place) : null;
            named.add(site.getValue().toSite(open, shares));
        }
        return new AfterClose(rows, unattributed(rows), closed.rows().isComplete(), named, sites.size());
    }

    private void add(ClosedConnection connection, ClosedConnectionTable.Row row) {
        ConnectionEndpoints ends = connection.endpoints();
        Endpoint remote = connection.accepted()
                ? null
                : ProcAddressFormat.endpoint(ends.remote().getAddress(), ends.remotePort());
        Integer localPort = connection.accepted() ? (Integer) ends.localPort() : null;
        CapturedEvent opened = connection.opened();
        Object place = opened == null ? "" : stacks.culpritOf(stacks.indexOf(opened.stack()));
        ClosedSiteBuilder site = sites.computeIfAbsent(
                new Key(remote == null ? ends.localPort() : remote, place),
                key -> new ClosedSiteBuilder(remote, localPort));
        site.add(connection, row.state(), isWithTheClose(row, connection), stacks, nowMillis);
        attributed.merge(row.state(), connection.weight(), Double::sum);
    }

    /**
     * Excludes a row of an earlier connection with the same port and remote endpoint, from before this connection was
     * opened.
     */
    private boolean isAfterOpening(ClosedConnectionTable.Row row, ClosedConnection connection) {
        CapturedEvent opened = connection.opened();
        return row.state() != TcpState.TIME_WAIT
                || opened == null
                || enteredMillis(row) >= opened.millis() - SLACK_MILLIS;
    }

    /**
     * Returns whether the row appeared while the connection was open, or when it was closed. If it appeared later, for
     * example because the peer was slow, another program might have got the port meanwhile and left the row.
     */
    private boolean isWithTheClose(ClosedConnectionTable.Row row, ClosedConnection connection) {
        long entered = enteredMillis(row);
        long close = connection.closedMillis();
        return row.state() == TcpState.TIME_WAIT
                && entered <= close + SLACK_MILLIS
                && (connection.opened() != null || entered >= close - SLACK_MILLIS);
    }

    private long enteredMillis(ClosedConnectionTable.Row row) {
        return nowMillis - (TIME_WAIT_MILLIS - row.timerMillis());
    }

    /** The factors by which the estimates are too large: at most all rows of a state belong to this program. */
    private Map<TcpState, Double> shares(Map<TcpState, Integer> rows) {
        Map<TcpState, Double> shares = new EnumMap<>(TcpState.class);
        for (Map.Entry<TcpState, Double> entry : attributed.entrySet()) {
            shares.put(entry.getKey(), Math.min(1, rows.getOrDefault(entry.getKey(), 0) / entry.getValue()));
        }
        return shares;
    }

    private Map<TcpState, Integer> unattributed(Map<TcpState, Integer> rows) {
        Map<TcpState, Integer> rest = new EnumMap<>(TcpState.class);
        for (Map.Entry<TcpState, Integer> entry : rows.entrySet()) {
            int ours = (int) Math.round(attributed.getOrDefault(entry.getKey(), 0.0));
            if (ours < entry.getValue()) {
                rest.put(entry.getKey(), entry.getValue() - ours);
            }
        }
        return rest;
    }
}
