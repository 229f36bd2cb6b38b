// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.diff;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.report.Program;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
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
 * What has changed from one report to a later one.
 *
 * @param before the earlier report
 * @param after the later one
 * @param sites what became of each site of either: leaks first, of these the one that grew most
 */
public record Comparison(Report before, Report after, List<SiteChange> sites) {

    private static final Comparator<SiteChange> WORST_FIRST = Comparator.comparing(
                    (SiteChange change) -> change.key().verdict().weight())
            .thenComparing(Comparator.comparingInt(SiteChange::growth).reversed())
            .thenComparing(Comparator.comparingInt(SiteChange::before).reversed());

    public Comparison {
        requireNonNull(before, "before");
        requireNonNull(after, "after");
        sites = List.copyOf(sites);
    }

    /** The sites of both, found again by what they are known by. */
    public static Comparison of(Report before, Report after) {
        Map<SiteIdentity, SiteCount> old = seen(before);
        Map<SiteIdentity, SiteCount> late = seen(after);
        Set<SiteIdentity> keys = new LinkedHashSet<>(late.keySet());
        keys.addAll(old.keySet());
        List<SiteChange> sites = new ArrayList<>();
        for (SiteIdentity key : keys) {
            sites.add(changeOf(key, old.get(key), late.get(key)));
        }
        sites.sort(WORST_FIRST);
        return new Comparison(before, after, sites);
    }

    /** One of both reports has it. */
    private static SiteChange changeOf(SiteIdentity key, @Nullable SiteCount then, @Nullable SiteCount now) {
        int before = then == null ? 0 : then.count;
        return now == null
                ? new SiteChange(key, before, 0, null, requireNonNull(then).first)
                : new SiteChange(key, before, now.count, now.first.number(), now.first);
    }

    /**
     * Sites of one report with the same key: as a rule one.
     *
     * @param first the first of them
     * @param count connections of all of them
     */
    private record SiteCount(Site first, int count) {

        SiteCount plus(SiteCount other) {
            return new SiteCount(first, count + other.count);
        }
    }

    private static Map<SiteIdentity, SiteCount> seen(Report report) {
        Map<SiteIdentity, SiteCount> seen = new LinkedHashMap<>();
        for (Site site : report.sites()) {
            seen.merge(SiteIdentity.of(report, site), new SiteCount(site, site.count()), SiteCount::plus);
        }
        return seen;
    }

    /** The time between them; negative if they are in the wrong order. */
    public Duration between() {
        return Duration.between(before.takenAt(), after.takenAt());
    }

    /** Whether both are of one JVM, from one start of it. */
    public boolean isSameRun() {
        Program then = before.program();
        Program now = after.program();
        return then.pid() == now.pid() && then.startedAt().equals(now.startedAt());
    }

    /** Whether some leak is new or has more connections, whatever has become of the others. */
    public boolean hasNewLeaks() {
        return sites.stream().anyMatch(SiteChange::isWorse);
    }

    /** So many more in each minute between them; null if they are of two starts, or of one moment. */
    public @Nullable Double perMinute(long growth) {
        long millis = between().toMillis();
        return isSameRun() && millis > 0 ? growth * 60_000.0 / millis : null;
    }
}
