// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Program;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What became of all that a place opened, and when the descriptors are used up. */
class FlowTextTest {

    @Test
    void aSiteTellsWhatBecameOfAllThatItsPlaceOpened() {
        Frame release = new Frame("com.acme.Pool", "release", "Pool.java", 77);
        Site.Flow slow = new Site.Flow(41, 1, 40, 5, 4, false, release, 38, 3, Duration.ofSeconds(12));
        assertThat(LeaksText.of(SampleReports.leaking(flowing(slow)).build()))
                .contains("42s, median 30s   +2 in the last minute   probable")
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
    void flowPredictsDescriptorExhaustion() {
        Site.Flow never = new Site.Flow(3, 3, 0, 2, 0, false, null, 0, 0, null);
        assertThat(LeaksText.of(SampleReports.leaking(flowing(never)).build()))
                .contains("fds 40 of 1,000 (4 %), full in 8h00m at the rate of the last minute\n");
        assertThat(LeaksText.of(SampleReports.leaking(flowing(never))
                        .program(
                                new Program(1, "a", "17", SampleReports.NOW, SampleReports.NOW.minusSeconds(59), false))
                        .build()))
                .as("a program that has just begun")
                .contains("fds 40 of 1,000 (4 %)\n");
    }

    private static Site flowing(Site.Flow flow) {
        return SampleSite.of(Verdict.ABANDONED, 3)
                .medianSince(SampleReports.NOW.minusSeconds(30))
                .inLastMinute(2)
                .flow(flow)
                .build();
    }
}
