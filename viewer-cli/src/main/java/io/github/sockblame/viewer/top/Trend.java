// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import io.github.sockblame.report.History;
import io.github.sockblame.report.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sockets and leaks over the last hour: what the agent has kept of the time before, and each report since. */
final class Trend {

    private static final Duration LONGEST = Duration.ofHours(1);

    /** A line of less than that would leap with every answer. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    /** A sample of the agent's stands for its minute; what is older than that and a half is a gap. */
    private static final Duration HOLDS = Duration.ofSeconds(90);

    private final TreeMap<Instant, Point> points = new TreeMap<>();

    /**
     * What was so at one moment.
     *
     * @param leaked null if nothing was judged then
     */
    record Point(int sockets, @Nullable Integer leaked) {}

    /** Adds what this report knows and the ones before it did not. */
    void add(Report report) {
        History history = report.history();
        if (history != null) {
            for (History.Sample sample : history.samples()) {
                add(sample.at(), new Point(sample.sockets(), sample.leaked()));
            }
        }
        add(
                report.takenAt(),
                new Point(report.totals().sockets(), report.totals().leaked()));
        points.headMap(points.lastKey().minus(LONGEST)).clear();
    }

    private void add(Instant at, Point point) {
        if (points.isEmpty() || at.isAfter(points.lastKey())) {
            points.put(at, point);
        }
    }

    /** Another program: of the one before nothing is told. */
    void clear() {
        points.clear();
    }

    /** From the first point, or from an hour ago. */
    Duration span(Instant until) {
        Duration known = points.isEmpty() ? Duration.ZERO : Duration.between(points.firstKey(), until);
        return known.compareTo(SHORTEST) < 0 ? SHORTEST : known.compareTo(LONGEST) > 0 ? LONGEST : known;
    }

    /** So many values in a row, the last of them of that moment; null where nothing is known. */
    List<@Nullable Integer> values(Function<Point, @Nullable Integer> figure, Instant until, int count) {
        Duration span = span(until);
        Duration step = span.dividedBy(Math.max(1, count));
        Duration holds = step.compareTo(HOLDS) > 0 ? step : HOLDS;
        List<@Nullable Integer> values = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            Instant at = i == count ? until : until.minus(span).plus(step.multipliedBy(i));
            Map.Entry<Instant, Point> known = points.floorEntry(at);
            boolean old = known == null || Duration.between(known.getKey(), at).compareTo(holds) > 0;
            values.add(old ? null : figure.apply(known.getValue()));
        }
        return values;
    }
}
