// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.html;

import io.github.sockblame.report.Culprit;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Verdict;
import io.github.sockblame.report.text.Sentences;
import io.github.sockblame.report.text.SitePlace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A site on the page.
 *
 * @param number its number in the report
 * @param verdict number of its verdict
 * @param confidence the confidence of the verdict
 * @param count number of connections
 * @param estimatedCount the estimated number including sockets without a captured opening stack; null if {@code count} is complete
 * @param subject how many of what, and to where
 * @param oldest the time of the oldest connection in this condition, in seconds
 * @param median the same for the median connection; null if unknown
 * @param growth openings minus closes of its place in the last minute; null if not counted
 * @param blamed the frame of the culprit; empty if there is none
 * @param places the code in question
 * @param facts what the verdict rests on
 * @param remotes the most frequent addresses
 * @param remoteCount number of different addresses
 */
record PageSite(
        int number,
        int verdict,
        String confidence,
        int count,
        @Nullable Integer estimatedCount,
        String subject,
        long oldest,
        @Nullable Long median,
        @Nullable Long growth,
        String blamed,
        List<PagePlace> places,
        List<String> facts,
        List<PageRemote> remotes,
        int remoteCount) {

    /**
     * A place in the code.
     *
     * @param title what was done there
     * @param stack index of the stack that represents all
     * @param stackCount number of different stacks
     * @param threads names of threads seen there
     * @param threadCount number of different threads
     */
    record PagePlace(String title, int stack, int stackCount, List<String> threads, int threadCount) {}

    /** An address and how many of the site's connections have it. */
    record PageRemote(String address, int count) {}

    static PageSite of(Report report, Site site, IndexTable<Verdict> verdicts) {
        List<PagePlace> places = new ArrayList<>();
        for (SitePlace named : SitePlace.of(report, site)) {
            Site.Place place = named.place();
            places.add(new PagePlace(
                    named.title(),
                    place.stack(),
                    place.stackCount(),
                    place.threads().stream().map(SafeText::of).toList(),
                    place.threadCount()));
        }
        Culprit culprit = Culprit.of(report, site);
        Instant median = site.medianSince();
        return new PageSite(
                site.number(),
                verdicts.number(site.verdict()),
                site.confidence().word(),
                site.count(),
                site.estimatedCount(),
                Sentences.subject(report, site),
                seconds(site.oldestSince(), report),
                median == null ? null : seconds(median, report),
                site.growth(),
                culprit == null ? "" : SafeText.of(culprit.frame().text()),
                places,
                Sentences.facts(report, site),
                site.remotes().stream()
                        .map(remote ->
                                new PageRemote(SafeText.of(remote.remote().text()), remote.count()))
                        .toList(),
                site.remoteCount());
    }

    private static long seconds(Instant since, Report report) {
        return Math.max(0, Duration.between(since, report.takenAt()).toSeconds());
    }
}
