// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alarm;

import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.TcpState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One condition of the option {@code alert}.
 *
 * @param text the text of the user
 * @param subject the measured quantity
 * @param threshold the smallest figure that meets the condition; for {@link Subject#AGE} in milliseconds
 * @param percent whether the figure is a share of the limit
 * @param state the TCP state of {@link Subject#STATE}
 */
public record Trigger(
        String text,
        Subject subject,
        long threshold,
        boolean percent,
        @Nullable TcpState state) {

    /** The quantity of a condition. */
    public enum Subject {
        /** The connections of one site that is a leak. */
        LEAKED,
        /** The age of the oldest connection of one site that is a leak. */
        AGE,
        /** Open file descriptors, of any kind. */
        FDS,
        /** Connections in one TCP state. */
        STATE,
        /** The end of the JVM. */
        EXIT
    }

    /** The default condition: nine tenths of the descriptors are in use. */
    public static final Trigger NEARLY_FULL = new Trigger("fds>=90%", Subject.FDS, 90, true, null);

    /** Returns whether it may hold, by the quick figures of a round. They are silent about some leaks. */
    boolean mayHold(QuickStats quickStats) {
        return switch (subject) {
            case LEAKED -> quickStats.suspects() >= threshold;
            case AGE -> quickStats.longestMillis() >= threshold;
            case FDS -> holds(quickStats.openDescriptors(), quickStats.descriptorLimit());
            case STATE -> state != null && quickStats.byState().getOrDefault(state, 0) >= threshold;
            case EXIT -> false;
        };
    }

    /** Returns whether it holds for the process as a whole. */
    boolean holds(Report report) {
        FileDescriptors fds = report.fileDescriptors();
        return switch (subject) {
            case FDS -> holds(fds.open(), fds.limit());
            case STATE -> state != null && report.totals().inState(state) >= threshold;
            case LEAKED, AGE, EXIT -> false;
        };
    }

    /** Returns whether it holds for this site. */
    boolean holds(Site site, Report report) {
        return site.verdict().isLeak()
                && switch (subject) {
                    case LEAKED -> site.count() >= threshold;
                    case AGE ->
                        Duration.between(site.oldestSince(), report.takenAt()).toMillis() >= threshold;
                    case FDS, STATE, EXIT -> false;
                };
    }

    private boolean holds(long open, long limit) {
        if (!percent) {
            return open >= threshold;
        }
        return limit > 0 && open * 100 >= limit * threshold;
    }

    /** The present figure: it has to double before it is reported again. */
    long value(Report report) {
        return switch (subject) {
            case STATE -> state == null ? 0 : report.totals().inState(state);
            case FDS, LEAKED, AGE, EXIT -> report.fileDescriptors().open();
        };
    }
}
