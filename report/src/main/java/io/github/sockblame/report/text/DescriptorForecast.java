// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.History;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the descriptors are used up, if their number grows as it did in the last minutes: the line of least squares
 * through the samples of the history and the present figure.
 *
 * @param left the time until then
 * @param base the time between the first sample and the report
 */
record DescriptorForecast(Duration left, Duration base) {

    /** Older samples do not count: a leak that began a moment ago would look too slow. */
    private static final Duration MAX_BASE = Duration.ofMinutes(10);

    /** A forecast for a later time is left out: in so long a time the program changes. */
    private static final Duration MAX_LEFT = Duration.ofDays(7);

    /** Less growth over the whole base is the usual coming and going. */
    private static final int MIN_GROWTH = 2;

    /** How many times its standard error the slope must have. */
    private static final double SIGNIFICANT = 2;

    /** A figure at so many seconds before the report. */
    private record Point(double seconds, double figure) {}

    /** The forecast; null if the figure does not grow, or if there are too few figures. */
    static @Nullable DescriptorForecast of(Report report) {
        FileDescriptors fds = report.fileDescriptors();
        if (fds.open() < 0 || fds.limit() < 0) {
            return null;
        }
        List<Point> points = points(report, true);
        if (points.isEmpty()) { // an older agent, or a kernel that does not count the descriptors
            points = points(report, false);
        }
        double base = points.isEmpty() ? 0 : -points.get(0).seconds();
        double slope = base < Site.LAST_MINUTE.toSeconds() ? 0 : slope(points);
        if (slope * base < MIN_GROWTH) {
            return null;
        }
        double left = Math.max(0, fds.limit() - fds.open()) / slope;
        return left > MAX_LEFT.toSeconds()
                ? null
                : new DescriptorForecast(Duration.ofSeconds((long) left), Duration.ofSeconds((long) base));
    }

    /** The samples that have this figure and are not too old, and at the end the present one. */
    private static List<Point> points(Report report, boolean ofDescriptors) {
        History history = report.history();
        List<Point> points = new ArrayList<>();
        for (History.Sample sample : history == null ? List.<History.Sample>of() : history.samples()) {
            Long known = ofDescriptors ? sample.descriptors() : Long.valueOf(sample.sockets());
            double seconds = seconds(report.takenAt(), sample.at());
            if (known != null && seconds < 0 && -seconds <= MAX_BASE.toSeconds()) {
                points.add(new Point(seconds, known));
            }
        }
        if (!points.isEmpty()) {
            long now = ofDescriptors
                    ? report.fileDescriptors().open()
                    : report.totals().sockets();
            points.add(new Point(0, now));
        }
        return points;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    /** The growth per second; 0 if chance explains it as well. */
    private static double slope(List<Point> points) {
        int n = points.size();
        double meanX = 0;
        double meanY = 0;
        for (Point point : points) {
            meanX += point.seconds() / n;
            meanY += point.figure() / n;
        }
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (Point point : points) {
            double x = point.seconds() - meanX;
            double y = point.figure() - meanY;
            xx += x * x;
            xy += x * y;
            yy += y * y;
        }
        if (xx == 0 || xy <= 0) {
            return 0;
        }
        double slope = xy / xx;
        double residuals = Math.max(0, yy - slope * xy);
        double error = n <= 2 ? 0 : Math.sqrt(residuals / (n - 2) / xx);
        return slope > SIGNIFICANT * error ? slope : 0;
    }

    /** {@code full in 2h12m at the rate of the last 10m}. */
    String text() {
        return "full in " + TextFormat.duration(left) + " at the rate of the last " + TextFormat.duration(base);
    }
}
