// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StuckWorkersTest {

    private static final Site.Place HTTP = new Site.Place(2, 1, List.of("main"), 1);
    private static final Site.Place ADMIN = new Site.Place(1, 1, List.of("main"), 1);

    @Test
    void anAbandonedSitePointsToTheStuckThreadsOfItsListener() {
        Report report = SampleReports.leaking(
                        site(1, Verdict.ABANDONED, 40, HTTP),
                        site(2, Verdict.STUCK, 6, HTTP),
                        site(3, Verdict.STUCK, 5, ADMIN),
                        site(4, Verdict.STUCK, 2, HTTP))
                .build();
        String expected = "threads are stuck in 8 connections of the same listener (site 2, 4):"
                + " if no other thread is left, nothing reads these";

        assertThat(StuckWorkers.of(report, report.sites().get(0))).isEqualTo(expected);
        assertThat(LeaksText.of(report)).contains("\n     " + expected + "\n     kernel: ");
        assertThat(ExplainText.of(report, report.sites().get(0), TextStyle.PLAIN))
                .contains(expected);
        assertThat(Sentences.facts(report, report.sites().get(0))).contains(expected);
    }

    @Test
    void otherSitesPointNowhere() {
        Report report = SampleReports.leaking(
                        site(1, Verdict.ABANDONED, 40, ADMIN),
                        site(2, Verdict.ABANDONED, 40, null),
                        site(3, Verdict.FORGOTTEN, 40, HTTP),
                        site(4, Verdict.STUCK, 6, HTTP),
                        site(5, Verdict.STUCK, 6, null))
                .build();

        assertThat(report.sites())
                .allSatisfy(site -> assertThat(StuckWorkers.of(report, site)).isNull());
    }

    private static Site site(int number, Verdict verdict, int count, Site.@Nullable Place listener) {
        return SampleSite.of(verdict, count).number(number).listener(listener).build();
    }
}
