// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import io.github.sockblame.agent.join.ClosedConnection;
import io.github.sockblame.report.AfterClose.ClosedSite;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.TcpState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the closed connections of one place that have a row. Figures are sums of weights, rounded at the end. */
final class ClosedSiteBuilder {

    private final @Nullable Endpoint remote;
    private final @Nullable Integer localPort;
    private final PlaceStats opened = new PlaceStats();
    private final PlaceStats closing = new PlaceStats();
    private final Map<TcpState, Double> states = new EnumMap<>(TcpState.class);
    private final List<Lifetime> lives = new ArrayList<>();
    private double byAddressOnly;
    private double closedInLastTenSeconds;
    private boolean sampled;
    private long oldestMillis = Long.MAX_VALUE;

    /** How long one of them was open, and its weight. */
    private record Lifetime(long millis, double weight) {}

    ClosedSiteBuilder(@Nullable Endpoint remote, @Nullable Integer localPort) {
        this.remote = remote;
        this.localPort = localPort;
    }

    void add(ClosedConnection connection, TcpState state, boolean exact, StackTable stacks, long nowMillis) {
        double weight = connection.weight();
        sampled |= weight > 1;
        states.merge(state, weight, Double::sum);
        byAddressOnly += exact ? 0 : weight;
        closedInLastTenSeconds +=
                nowMillis - connection.closedMillis() <= ClosedSite.LAST_TEN_SECONDS.toMillis() ? weight : 0;
        oldestMillis = Math.min(oldestMillis, connection.closedMillis());
        if (connection.opened() != null) {
            lives.add(
                    new Lifetime(connection.closedMillis() - connection.opened().millis(), weight));
        }
        opened.add(stacks.event(connection.opened()));
        closing.add(stacks.event(connection.closing()));
    }

    /** The sum of the weights. */
    double count() {
        double sum = 0;
        for (double weight : states.values()) {
            sum += weight;
        }
        return sum;
    }

    /**
     * The site.
     *
     * @param open number of open sockets that were opened at this place; null if that place is unknown
     * @param shares the factor for the figures of each state
     */
    ClosedSite toSite(@Nullable Integer open, Map<TcpState, Double> shares) {
        Map<TcpState, Integer> rounded = new EnumMap<>(TcpState.class);
        int count = 0;
        for (Map.Entry<TcpState, Double> entry : states.entrySet()) {
            int inState = (int) Math.round(entry.getValue() * shares.getOrDefault(entry.getKey(), 1.0));
            rounded.put(entry.getKey(), inState);
            count += inState;
        }
        double share = count / count();
        return new ClosedSite(
                remote,
                localPort,
                count,
                rounded,
                (int) Math.round(byAddressOnly * share),
                sampled,
                Instant.ofEpochMilli(oldestMillis),
                (int) Math.round(closedInLastTenSeconds * share),
                open,
                medianLifetime(),
                opened.toPlace(),
                closing.toPlace());
    }

    private @Nullable Duration medianLifetime() {
        lives.sort((a, b) -> Long.compare(a.millis, b.millis));
        double whole = 0;
        for (Lifetime lifetime : lives) {
            whole += lifetime.weight;
        }
        double below = 0;
        for (Lifetime lifetime : lives) {
            below += lifetime.weight;
            if (below * 2 >= whole) {
                return Duration.ofMillis(Math.max(0, lifetime.millis));
            }
        }
        return null;
    }
}
