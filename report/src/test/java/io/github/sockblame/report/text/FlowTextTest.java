// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Frame;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What became of all that a place opened. */
class FlowTextTest {

    @Test
    void aSiteTellsWhatBecameOfAllThatItsPlaceOpened() {
        Frame release = new Frame("com.acme.Pool", "release", "Pool.java", 77);
        Site.Flow slow = new Site.Flow(41, 1, 40, 5, 4, false, release, 38, 3, Duration.ofSeconds(12));
        assertThat(LeaksText.of(SampleReports.leaking(flowing(slow)).build()))
                .contains("42s, median 30s   +1 in the last minute   probable")
                .contains(
                        "     this place opened 41 and closed 40, 38 of them at com.acme.Pool.release(Pool.java:77);"
                                + " in the last minute 5 and 4; 3 closed only after the agent suspected them, the slowest after 12s\n");

        Site.Flow never = new Site.Flow(19_104, 19_104, 0, 51, 0, false, null, 0, 0, null);
        assertThat(LeaksText.of(SampleReports.leaking(flowing(never)).build()))
                .contains("     this place opened 19,104 and closed 0\n");

        Site.Flow sampled = new Site.Flow(5000, 1, 4999, 0, 0, true, release, 4999, 0, null);
        assertThat(LeaksText.of(SampleReports.leaking(flowing(sampled)).build()))
                .contains("opened about 5,000 and closed about 4,999 at com.acme.Pool.release(Pool.java:77)\n");
    }

    @Test
    void growthIsOpeningsMinusCloses() {
        assertThat(head(new Site.Flow(90, 20, 70, 9, 2, false, null, 0, 0, null), 0))
                .as("no ABANDONED connection is younger than a minute")
                .contains("   +7 in the last minute   ");
        assertThat(head(new Site.Flow(90, 20, 70, 2, 9, false, null, 0, 0, null), 1))
                .contains("   -7 in the last minute   ");
        assertThat(head(new Site.Flow(90, 20, 70, 4, 4, false, null, 0, 0, null), 1))
                .doesNotContain("last minute");
        assertThat(head(new Site.Flow(3, 3, 0, 3, 0, false, null, 0, 0, null), 0))
                .as("all of them are new, and their age shows that")
                .doesNotContain("last minute");
        assertThat(head(null, 2)).contains("   +2 in the last minute   ");
        assertThat(head(null, null)).doesNotContain("last minute");
    }

    private static String head(Site.@Nullable Flow flow, @Nullable Integer inLastMinute) {
        Site site = SampleSite.of(Verdict.ABANDONED, 3)
                .flow(flow)
                .inLastMinute(inLastMinute)
                .build();
        return LeaksText.site(SampleReports.leaking(site).build(), site)
                .lines()
                .findFirst()
                .orElseThrow();
    }

    private static Site flowing(Site.Flow flow) {
        return SampleSite.of(Verdict.ABANDONED, 3)
                .medianSince(SampleReports.NOW.minusSeconds(30))
                .inLastMinute(2)
                .flow(flow)
                .build();
    }
}
