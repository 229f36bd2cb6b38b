// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.diff;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.report.Program;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.SiteIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The changes from one report to a later one.
 *
 * @param before the earlier report
 * @param after the later one
 * @param sites the change of each site of either report: leaks first, and the largest growth first
 */
public record Comparison(Report before, Report after, List<SiteChange> sites) {

    private static final Comparator<SiteChange> WORST_FIRST = Comparator.comparing(
                    (SiteChange change) -> change.key().verdict().severity())
            .thenComparing(change -> change.key().possible())
            .thenComparing(Comparator.comparingInt(SiteChange::growth).reversed())
            .thenComparing(Comparator.comparingInt(SiteChange::before).reversed());

    public Comparison {
        requireNonNull(before, "before");
        requireNonNull(after, "after");
        sites = List.copyOf(sites);
    }

    /** Matches the sites of both by their identity. */
    public static Comparison of(Report before, Report after) {
        Map<SiteIdentity, SiteCount> old = countBySite(before);
        Map<SiteIdentity, SiteCount> late = countBySite(after);
        Set<SiteIdentity> keys = new LinkedHashSet<>(late.keySet());
        keys.addAll(old.keySet());
        List<SiteChange> sites = new ArrayList<>();
        for (SiteIdentity key : keys) {
            sites.add(changeOf(key, old.get(key), late.get(key)));
        }
        sites.sort(WORST_FIRST);
        return new Comparison(before, after, sites);
    }

    /** At least one of the counts is not null. */
    private static SiteChange changeOf(SiteIdentity key, @Nullable SiteCount then, @Nullable SiteCount now) {
        int before = then == null ? 0 : then.count;
        return now == null
                ? new SiteChange(key, before, 0, null, requireNonNull(then).first)
                : new SiteChange(key, before, now.count, now.first.number(), now.first);
    }

    /**
     * The sites of one report with the same identity, usually one.
     *
     * @param first the first of them
     * @param count the connections of all of them
     */
    private record SiteCount(Site first, int count) {

        SiteCount plus(SiteCount other) {
            return new SiteCount(first, (int) Math.min((long) count + other.count, Integer.MAX_VALUE));
        }
    }

    private static Map<SiteIdentity, SiteCount> countBySite(Report report) {
        Map<SiteIdentity, SiteCount> counts = new LinkedHashMap<>();
        for (Site site : report.sites()) {
            counts.merge(SiteIdentity.of(report, site), new SiteCount(site, site.count()), SiteCount::plus);
        }
        return counts;
    }

    /** The time between them; negative if they are in the wrong order. */
    public Duration between() {
        return Duration.between(before.takenAt(), after.takenAt());
    }

    /** Returns whether both are of the same run of the same JVM. */
    public boolean isSameRun() {
        Program then = before.program();
        Program now = after.program();
        return then.pid() == now.pid() && then.startedAt().equals(now.startedAt());
    }

    /** Returns whether at least one leak is new or has more connections. */
    public boolean hasNewLeaks() {
        return sites.stream().anyMatch(SiteChange::isWorse);
    }

    /** The growth per minute; null if the reports are of different runs, or of the same moment. */
    public @Nullable Double perMinute(long growth) {
        long millis = between().toMillis();
        return isSameRun() && millis > 0 ? growth * 60_000.0 / millis : null;
    }
}
