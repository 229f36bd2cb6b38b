// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import io.github.sockblame.report.net.Digits;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A condition on one figure of a report, as users write it: {@code leaks>=10}, {@code fds>=90%}. The agent's option
 * {@code alert} and the viewer's {@code --fail-on} read the same conditions.
 *
 * @param text the condition without the white space around it
 * @param figure the figure
 * @param least the smallest value that meets the condition; for {@link Figure#AGE} in milliseconds
 * @param percent whether {@code least} is a percentage of the limit
 * @param state the TCP state of {@link Figure#STATE}; null for the others
 */
public record Threshold(
        String text,
        Figure figure,
        long least,
        boolean percent,
        @Nullable TcpState state) {

    /** One condition of each kind, for messages that refuse a text. */
    public static final String EXAMPLES =
            "leaks>=10, site-leaks>=10, age>=10m, fds>=18000, fds>=90%, or a TCP state of ss as close-wait>=100";

    private static final String AT_LEAST = ">=";
    private static final int MAX_DIGITS = 9;

    /** A figure that can have a threshold. */
    public enum Figure {
        /** {@code leaks}: the connections of all sites that are leaks. */
        LEAKS,
        /** {@code site-leaks}: the connections of one site that is a leak. */
        SITE_LEAKS,
        /** {@code age}: the age of the oldest connection of one site that is a leak. */
        AGE,
        /** {@code fds}: the open file descriptors of any kind. */
        FDS,
        /** The name of a TCP state: the sockets in that state. */
        STATE
    }

    /** Reads a condition; null if the text is none. */
    public static @Nullable Threshold parse(String text) {
        String condition = text.strip();
        int sign = condition.indexOf(AT_LEAST);
        if (sign < 0) {
            return null;
        }
        String name = condition.substring(0, sign).strip().toLowerCase(Locale.ROOT);
        String value = condition.substring(sign + AT_LEAST.length()).strip();
        if (name.equals("age")) {
            Duration age = ShortDuration.parse(value);
            return age == null ? null : new Threshold(condition, Figure.AGE, age.toMillis(), false, null);
        }
        boolean percent = value.endsWith("%");
        int least =
                Digits.parse(percent ? value.substring(0, value.length() - 1).strip() : value, MAX_DIGITS, 10);
        TcpState state = TcpState.ofName(name);
        Figure figure = state == null ? figure(name) : Figure.STATE;
        if (figure == null || least < 0 || (percent && (figure != Figure.FDS || least > 100))) {
            return null;
        }
        return new Threshold(condition, figure, least, percent, state);
    }

    private static @Nullable Figure figure(String name) {
        return switch (name) {
            case "leaks" -> Figure.LEAKS;
            case "site-leaks" -> Figure.SITE_LEAKS;
            case "fds" -> Figure.FDS;
            default -> null;
        };
    }

    /** Returns whether the process as a whole meets it; false for a condition on one site. */
    public boolean holds(Report report) {
        return switch (figure) {
            case LEAKS -> report.leaksInSites() >= least;
            case FDS -> holds(report.fileDescriptors());
            case STATE -> state != null && report.totals().inState(state) >= least;
            case SITE_LEAKS, AGE -> false;
        };
    }

    /** Returns whether this site meets it; false for a condition on the process as a whole. */
    public boolean holds(Site site, Report report) {
        return site.verdict().isLeak(site.confidence())
                && switch (figure) {
                    case SITE_LEAKS -> site.count() >= least;
                    case AGE ->
                        Duration.between(site.oldestSince(), report.takenAt()).toMillis() >= least;
                    case LEAKS, FDS, STATE -> false;
                };
    }

    /** Returns whether so many descriptors meet it; a percentage of an unknown limit does not. */
    public boolean holds(FileDescriptors fds) {
        return percent ? fds.limit() > 0 && fds.open() * 100 >= fds.limit() * least : fds.open() >= least;
    }
}
