// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alarm;

import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Threshold;
import io.github.sockblame.report.Threshold.Figure;
import org.jspecify.annotations.Nullable;

/**
 * One condition of the option {@code alert}.
 *
 * @param text the text of the user
 * @param threshold the threshold of a figure; null for {@link #EXIT}
 */
public record Trigger(String text, @Nullable Threshold threshold) {

    /** The end of the JVM. */
    public static final Trigger EXIT = new Trigger("exit", null);

    /** The default condition: nine tenths of the descriptors are in use. */
    public static final Trigger NEARLY_FULL = of(new Threshold("fds>=90%", Figure.FDS, 90, true, null));

    static Trigger of(Threshold threshold) {
        return new Trigger(threshold.text(), threshold);
    }

    /** Returns whether it is the end of the JVM. */
    boolean isExit() {
        return threshold == null;
    }

    /** Returns whether it is about leaks. The quick figures of a round miss some of them. */
    boolean isAboutLeaks() {
        return threshold != null && threshold.figure() != Figure.FDS && threshold.figure() != Figure.STATE;
    }

    /** Returns whether it may hold, by the quick figures of a round. They are silent about some leaks. */
    boolean mayHold(QuickStats quickStats) {
        if (threshold == null) {
            return false;
        }
        return switch (threshold.figure()) {
            case LEAKS, SITE_LEAKS -> quickStats.suspects() >= threshold.least();
            case AGE -> quickStats.longestMillis() >= threshold.least();
            case FDS ->
                threshold.holds(new FileDescriptors(quickStats.openDescriptors(), quickStats.descriptorLimit()));
            case STATE ->
                threshold.state() != null
                        && quickStats.byState().getOrDefault(threshold.state(), 0) >= threshold.least();
        };
    }

    /** Returns whether it holds for the process as a whole. */
    boolean holds(Report report) {
        return threshold != null && threshold.holds(report);
    }

    /** Returns whether it holds for this site. */
    boolean holds(Site site, Report report) {
        return threshold != null && threshold.holds(site, report);
    }

    /** The present figure: it has to double before it is reported again. */
    long value(Report report) {
        if (threshold != null && threshold.state() != null) {
            return report.totals().inState(threshold.state());
        }
        boolean ofLeaks = threshold != null && threshold.figure() == Figure.LEAKS;
        return ofLeaks ? report.leaksInSites() : report.fileDescriptors().open();
    }
}
