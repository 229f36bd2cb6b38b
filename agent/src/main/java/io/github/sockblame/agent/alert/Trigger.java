// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

import io.github.sockblame.agent.sampling.QuickStats;
import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Threshold;
import io.github.sockblame.report.Threshold.Figure;
import io.github.sockblame.report.option.AlertSyntax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One condition of the option {@code alert}. Two conditions with the same text are equal.
 *
 * <p>The default one is made in each JVM, also in one that never uses a socket. So it reads its threshold when a round
 * needs it: no class of the report is loaded before.
 */
public final class Trigger {

    /** The end of the JVM. */
    public static final Trigger EXIT = new Trigger("exit", null);

    /** The default condition: nine tenths of the descriptors are in use. */
    public static final Trigger NEARLY_FULL = new Trigger("fds>=90%", null);

    private final String text;
    private volatile @Nullable Threshold known;

    private Trigger(String text, @Nullable Threshold known) {
        this.text = text;
        this.known = known;
    }

    /**
     * All conditions of the option {@code alert}.
     *
     * @throws IllegalArgumentException if the text is no list of conditions
     */
    public static List<Trigger> list(String text) {
        List<Trigger> triggers = new ArrayList<>();
        for (AlertSyntax.Condition condition : AlertSyntax.parse(text)) {
            Threshold threshold = condition.threshold();
            triggers.add(threshold == null ? EXIT : of(threshold));
        }
        return triggers;
    }

    /** The condition with this threshold. */
    public static Trigger of(Threshold threshold) {
        return new Trigger(threshold.text(), threshold);
    }

    /** The text of the user. */
    public String text() {
        return text;
    }

    /** The threshold of a figure; null for {@link #EXIT}. */
    public @Nullable Threshold threshold() {
        if (known == null && !isExit()) {
            known = Threshold.parse(text);
        }
        return known;
    }

    /** Returns whether it is the end of the JVM. */
    boolean isExit() {
        return text.equals("exit");
    }

    /** Returns whether it is about leaks. The quick figures of a round miss some of them. */
    boolean isAboutLeaks() {
        Threshold threshold = threshold();
        return threshold != null && threshold.figure() != Figure.FDS && threshold.figure() != Figure.STATE;
    }

    /** Returns whether it may hold, by the quick figures of a round. They are silent about some leaks. */
    boolean mayHold(QuickStats quickStats) {
        Threshold threshold = threshold();
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
        Threshold threshold = threshold();
        return threshold != null && threshold.holds(report);
    }

    /** Returns whether it holds for this site. */
    boolean holds(Site site, Report report) {
        Threshold threshold = threshold();
        return threshold != null && threshold.holds(site, report);
    }

    /** The present figure: it has to double before it is reported again. */
    long value(Report report) {
        Threshold threshold = threshold();
        if (threshold != null && threshold.state() != null) {
            return report.totals().inState(threshold.state());
        }
        boolean ofLeaks = threshold != null && threshold.figure() == Figure.LEAKS;
        return ofLeaks ? report.leaksInSites() : report.fileDescriptors().open();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Trigger that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
