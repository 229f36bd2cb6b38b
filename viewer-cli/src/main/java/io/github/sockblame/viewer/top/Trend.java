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

/** Sockets and leaks over the last hour: the history of the agent, and each report since. */
final class Trend {

    private static final Duration MAX_SPAN = Duration.ofHours(1);

    /** A shorter line would change its scale with every report. */
    private static final Duration MIN_SPAN = Duration.ofMinutes(1);

    /** A sample of the agent is valid for its minute and half of the next one. Then the line has a gap. */
    private static final Duration SAMPLE_LIFETIME = Duration.ofSeconds(90);

    private final TreeMap<Instant, Point> points = new TreeMap<>();

    /**
     * The values of one moment.
     *
     * @param leaked the leaks; null without verdicts
     */
    record Point(int sockets, @Nullable Integer leaked) {}

    /** Adds the values of this report that are newer than the existing ones. */
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
        points.headMap(points.lastKey().minus(MAX_SPAN)).clear();
    }

    private void add(Instant at, Point point) {
        if (points.isEmpty() || at.isAfter(points.lastKey())) {
            points.put(at, point);
        }
    }

    /** Forgets all values, after another program started. */
    void clear() {
        points.clear();
    }

    /** The time from the first point, at most one hour. */
    Duration span(Instant until) {
        Duration known = points.isEmpty() ? Duration.ZERO : Duration.between(points.firstKey(), until);
        return known.compareTo(MIN_SPAN) < 0 ? MIN_SPAN : known.compareTo(MAX_SPAN) > 0 ? MAX_SPAN : known;
    }

    /** A series of values that ends at that moment; null for a gap. */
    List<@Nullable Integer> values(Function<Point, @Nullable Integer> figure, Instant until, int count) {
        Duration span = span(until);
        Duration step = span.dividedBy(Math.max(1, count));
        Duration lifetime = step.compareTo(SAMPLE_LIFETIME) > 0 ? step : SAMPLE_LIFETIME;
        List<@Nullable Integer> values = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            Instant at = i == count ? until : until.minus(span).plus(step.multipliedBy(i));
            Map.Entry<Instant, Point> known = points.floorEntry(at);
            boolean old = known == null || Duration.between(known.getKey(), at).compareTo(lifetime) > 0;
            values.add(old ? null : figure.apply(known.getValue()));
        }
        return values;
    }
}
